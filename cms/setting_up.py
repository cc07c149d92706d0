"""What any shop needs before its first product, demo or real. Adds only what is missing."""

from django.apps import apps
from django.db import transaction

from catalogue.groups import load_groups
from cms.models import HomePage
from cms.roles import ensure_groups
from cms.tree import ensure_tree
from shop.staff import ensure_staff_group

#: Slug of the one class of products until gift boxes get their own.
PRODUCT_CLASS = "ocop"


@transaction.atomic
def set_up_shop() -> dict[str, HomePage]:
    """Languages, pages, groups of people, groups of products. Returns the homes."""
    homes = ensure_tree()
    ensure_groups()
    ensure_staff_group()
    load_groups()
    ensure_product_class()
    return homes


def ensure_product_class() -> None:
    ProductClass = apps.get_model("catalogue", "ProductClass")
    ProductClass.objects.get_or_create(
        slug=PRODUCT_CLASS,
        defaults={"name": "Sản phẩm OCOP", "requires_shipping": True, "track_stock": True},
    )

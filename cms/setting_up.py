"""What any shop needs before its first product, demo or real. Adds only what is missing."""

from django.apps import apps
from django.db import transaction

from catalogue.groups import load_groups
from cms.models import HomePage
from cms.roles import ensure_groups
from cms.tree import ensure_tree

#: Slug of the one class of products until gift boxes get their own.
PRODUCT_CLASS = "ocop"


@transaction.atomic
def set_up_shop() -> dict[str, HomePage]:
    """Languages, pages, groups of people, groups of products, the country. Returns the homes."""
    homes = ensure_tree()
    ensure_groups()
    load_groups()
    ensure_product_class()
    ensure_country()
    return homes


def ensure_product_class() -> None:
    ProductClass = apps.get_model("catalogue", "ProductClass")
    ProductClass.objects.get_or_create(
        slug=PRODUCT_CLASS,
        defaults={"name": "Sản phẩm OCOP", "requires_shipping": True, "track_stock": True},
    )


def ensure_country() -> None:
    """Vietnam, the only country that addresses know (ISO 3166-1)."""
    Country = apps.get_model("address", "Country")
    Country.objects.get_or_create(
        iso_3166_1_a2="VN",
        defaults={
            "iso_3166_1_a3": "VNM",
            "iso_3166_1_numeric": "704",
            "printable_name": "Việt Nam",
            "name": "Việt Nam",
            "is_shipping_country": True,
            "display_order": 1,
        },
    )

"""What any shop needs before its first product, demo or real. Adds only what is missing."""

from django.db import transaction

from catalogue.classes import ensure_product_classes
from catalogue.groups import load_groups
from cms.models import HomePage
from cms.promoter_sections import ensure_promoter_sections
from cms.roles import ensure_groups
from cms.tree import ensure_tree
from shop.staff import ensure_staff_group


@transaction.atomic
def set_up_shop() -> dict[str, HomePage]:
    """Languages, pages, groups of people, groups of products. Returns the homes."""
    homes = ensure_tree()
    ensure_groups()
    ensure_promoter_sections()
    ensure_staff_group()
    load_groups()
    ensure_product_classes()
    return homes

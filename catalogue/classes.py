"""The kinds of goods: a speciality of the programme, and a gift box packed of several."""

from typing import Any

from django.apps import apps

#: Slugs of Oscar's product classes.
OCOP, GIFT_BOX = "ocop", "hop-qua"
_NAMES = {OCOP: "Sản phẩm OCOP", GIFT_BOX: "Hộp quà"}


def ensure_product_classes() -> None:
    """Write the classes that are missing."""
    for slug in _NAMES:
        product_class(slug)


def product_class(slug: str) -> Any:
    """The class with this slug of ours, written when it is missing. KeyError for another."""
    ProductClass = apps.get_model("catalogue", "ProductClass")
    found, _made = ProductClass.objects.get_or_create(
        slug=slug,
        defaults={"name": _NAMES[slug], "requires_shipping": True, "track_stock": True},
    )
    return found

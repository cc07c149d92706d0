"""A box takes over the strictest rule of what is in it: strength of alcohol, cold, liquids.

Written into the box's own columns, so that every list, filter and gate that asks them is right
about boxes too (Luật 44/2019/QH14 for alcohol).
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models.signals import post_delete, post_save

from catalogue.boxes.contents import boxes_holding
from catalogue.models.label import NO_PROMOTION_ABV, FreightClass

#: The first that is found among the contents is the box's own.
_STRICTEST = (FreightClass.CHILLED, FreightClass.LIQUID)


@transaction.atomic
def inherit_rules(boxes: Iterable[int]) -> int:
    """Bring these boxes, by their keys, in step with their contents; how many changed."""
    Product = apps.get_model("catalogue", "Product")
    changed = 0
    for box in Product.objects.filter(pk__in=set(boxes)).order_by("pk"):
        items = [item.product for item in box.box_items.select_related("product__parent")]
        strength = max((item.effective_abv or 0 for item in items), default=0) or None
        classes = {item.canonical.freight_class for item in items}
        freight = next((each for each in _STRICTEST if each in classes), FreightClass.NORMAL)
        if (box.abv, box.freight_class) == (strength, freight):
            continue
        box.abv, box.freight_class = strength, freight
        box.is_discountable = strength is None or strength < NO_PROMOTION_ABV
        box.save(update_fields=["abv", "freight_class", "is_discountable"])
        changed += 1
    return changed


def contents_change(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        inherit_rules([instance.box_id])


def product_is_saved(
    instance: Any, raw: bool = False, created: bool = False, **kwargs: Any
) -> None:
    fields = kwargs.get("update_fields")
    says = fields is None or {"abv", "freight_class"} & set(fields)
    if not raw and not created and says:
        inherit_rules(boxes_holding([instance.pk]))


def connect() -> None:
    item = apps.get_model("catalogue", "BoxItem")
    product = apps.get_model("catalogue", "Product")
    for receiver, signal, sender in (
        (contents_change, post_save, item),
        (contents_change, post_delete, item),
        (product_is_saved, post_save, product),
    ):
        signal.connect(
            receiver,
            sender=sender,
            dispatch_uid=f"boxes.{receiver.__name__}.{signal is post_save}",
        )

"""Boxes for tests of filling them."""

from collections.abc import Mapping
from typing import Any

from catalogue.models import BoxChoice, BoxItem, Product
from tests.factories import a_gift_box, a_producer, a_stock_record


def a_box_to_fill(
    title: str = "Hộp tự chọn", *, slots: int = 4, choices: Mapping[Product, int], **facts: Any
) -> Product:
    """A live box of empty slots with so many of each product a slot; costs the sum of them."""
    gift = {"pricing": "sum", **_taken(facts), "slots": slots}
    facts = {"producer": a_producer(), "weight_grams": None, **facts}
    box = a_gift_box(title, of={}, price=None, gift=gift, choices=[*choices], **facts)
    a_stock_record(box, price=0, stock=0)
    box.stockrecords.update(price=None, num_in_stock=None)
    return _portioned(box, choices)


def a_box_to_change(
    title: str = "Hộp xếp sẵn",
    *,
    of: Mapping[Product, int],
    swappable: set[Product],
    choices: Mapping[Product, int],
    **facts: Any,
) -> Product:
    """A live ready box in which some things may be swapped for others."""
    gift = {"pricing": "sum", **_taken(facts)}
    box = a_gift_box(title, of=of, gift=gift, swappable=swappable, choices=[*choices], **facts)
    return _portioned(box, choices)


def choice_key(box: Product, product: Product) -> int:
    return BoxChoice.objects.get(box=box, product=product).pk


def item_key(box: Product, product: Product) -> int:
    return BoxItem.objects.get(box=box, product=product).pk


def _portioned(box: Product, choices: Mapping[Product, int]) -> Product:
    for product, quantity in choices.items():
        BoxChoice.objects.filter(box=box, product=product).update(quantity=quantity)
    return box


def _taken(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts of `GiftBox` among these, taken out."""
    names = ("pricing", "percent_off", "wrapping_price", "wrapping_grams", "min_days_left")
    return {name: facts.pop(name) for name in names if name in facts}

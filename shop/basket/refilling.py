"""The goods of an order back into a basket: to order again, or after paying came to nothing."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from catalogue.boxes.contents import contents_of
from catalogue.models import Product
from shop.basket.quantities import check_quantity
from shop.order.models import Order, OrderBox


@dataclass
class Refilled:
    """How many kinds of goods went in; the titles that could not, with the reason."""

    added: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def refill(basket: Any, order: Order) -> Refilled:
    """Put what `order` had into `basket`, at today's prices, as far as it is there.

    What the basket holds already is not added twice.
    """
    outcome = Refilled()
    there = {line.product_id for line in basket.all_lines() if line.design_id is None}
    designs = {line.design_id for line in basket.all_lines()}
    for box in _boxes_of(order):
        if box.product is None:
            outcome.refused.append((box.title, ""))
        elif box.design is not None and box.design_id not in designs:
            _add_design(basket, box, outcome)
        elif box.design is None and box.product_id not in there:
            _add(basket, box.product, box, outcome)
    lines = order.lines.filter(box=None).select_related("product__product_class", "product__parent")
    for line in lines.order_by("pk"):
        product: Product | None = line.product
        if product is None:
            outcome.refused.append((line.title, ""))
        elif product.pk not in there:
            _add(basket, product, line, outcome)
    return outcome


def _boxes_of(order: Order) -> list[OrderBox]:
    """The boxes of an order, those for several recipients together."""
    rows = order.boxes.select_related("product__product_class", "design__box__product_class")
    found: dict[tuple[int | None, int | None], OrderBox] = {}
    for row in rows:
        same = found.setdefault((row.product_id, row.design_id), row)
        if same is not row:
            same.quantity += row.quantity
    return list(found.values())


def _add(basket: Any, product: Product, line: Any, outcome: Refilled) -> None:
    if _may_be_added(basket, basket.strategy.fetch_for_product(product), line, outcome):
        basket.add_product(product, line.quantity)
        outcome.added += 1


def _add_design(basket: Any, box: OrderBox, outcome: Refilled) -> None:
    design: Any = box.design
    info = basket.strategy.fetch_for_box(contents_of(design.box, design))
    if _may_be_added(basket, info, box, outcome):
        basket.add_design(design, box.quantity)
        outcome.added += 1


def _may_be_added(basket: Any, info: Any, wanted: Any, outcome: Refilled) -> bool:
    others = sum(each.quantity for each in basket.all_lines())
    try:
        check_quantity(info.availability, wanted.quantity, others)
    except ValidationError as refusal:
        outcome.refused.append((wanted.title, refusal.messages[0]))
        return False
    return True

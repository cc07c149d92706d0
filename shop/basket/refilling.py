"""The goods of an order back into a basket: to order again, or after paying came to nothing."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from catalogue.models import Product
from shop.basket.quantities import check_quantity
from shop.order.models import Order


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
    there = {line.product_id for line in basket.all_lines()}
    lines = order.lines.select_related("product__product_class", "product__parent").order_by("pk")
    for line in lines:
        product: Product | None = line.product
        if product is None:
            outcome.refused.append((line.title, ""))
        elif product.pk not in there:
            _add(basket, product, line, outcome)
    return outcome


def _add(basket: Any, product: Product, line: Any, outcome: Refilled) -> None:
    info = basket.strategy.fetch_for_product(product)
    others = sum(each.quantity for each in basket.all_lines())
    try:
        check_quantity(info.availability, line.quantity, others)
    except ValidationError as refusal:
        outcome.refused.append((line.title, refusal.messages[0]))
        return
    basket.add_product(product, line.quantity)
    outcome.added += 1

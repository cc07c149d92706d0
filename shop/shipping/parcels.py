"""A basket parted into parcels: what each producer sends, how heavy it counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.conf import settings

from catalogue.models import Product
from shop.partner.models import Partner

#: Carriers count a box of this many cubic centimetres as one kilogram (GHN's table).
CUBIC_CM_PER_KG = 5000


@dataclass
class ParcelPlan:
    """What one producer will send of a basket. Weights in grams, money in whole đồng."""

    producer: Partner
    lines: list[Any] = field(default_factory=list)

    @property
    def weight_grams(self) -> int:
        """Chargeable weight of all pieces together."""
        return sum(chargeable_grams(line.product) * line.quantity for line in self.lines)

    @property
    def goods_total(self) -> Decimal:
        """What the goods cost after discounts."""
        return sum((line.line_price_incl_tax_incl_discounts for line in self.lines), Decimal(0))

    @property
    def may_be_promoted(self) -> bool:
        """No drink of 15° or more inside: its delivery is not given away either (Luật 44/2019)."""
        return not any(line.product.is_unpromotable for line in self.lines)

    @property
    def chilled_lines(self) -> list[Any]:
        return [line for line in self.lines if line.product.is_chilled]


def parcels_of(lines: Iterable[Any]) -> list[ParcelPlan]:
    """One parcel a producer, in the order in which their goods were put into the basket."""
    plans: dict[int, ParcelPlan] = {}
    for line in lines:
        producer = line.stockrecord.partner
        plans.setdefault(producer.pk, ParcelPlan(producer)).lines.append(line)
    return list(plans.values())


def chargeable_grams(product: Product) -> int:
    """The heavier of the scales and the tape: max(weight, length × width × height / 5000).

    A product without a packed weight counts as `settings.DEFAULT_PARCEL_GRAMS`.
    """
    weight = product.fact("weight_grams") or settings.DEFAULT_PARCEL_GRAMS
    sides = [product.fact(side) for side in ("length_cm", "width_cm", "height_cm")]
    if not all(sides):
        return int(weight)
    length, width, height = sides
    by_volume = Decimal(length * width * height * 1000) / CUBIC_CM_PER_KG
    return max(int(weight), int(by_volume.to_integral_value(rounding=ROUND_CEILING)))

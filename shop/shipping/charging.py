"""What one parcel costs to send: its way by zone and weight, its ice, its bottles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.money import format_dong, to_dong
from shop.shipping.parcels import ParcelPlan
from shop.shipping.promise import Promise
from shop.shipping.rates import ZoneRate
from shop.shipping.rules import DeliveryRules

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Extra:
    """A part of a parcel's fee that is not its way, in words; đồng."""

    label: str
    amount: Decimal


@dataclass(frozen=True)
class ParcelCharge:
    """What delivery of one parcel costs, đồng, and how that was worked out (for the record).

    `extras` are in the amount. `promise` says when it arrives; None where nobody knows.
    """

    plan: ParcelPlan
    amount: Decimal
    breakdown: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    extras: Sequence[Extra] = ()
    promise: Promise | None = None


def charge_of(
    plan: ParcelPlan, rate: ZoneRate, rules: DeliveryRules, promised: Promise | None = None
) -> ParcelCharge:
    """The fee of one parcel by the tables. Free from an amount of its goods is the way only."""
    full = to_dong(rate.price_for(plan.weight_grams))
    is_free = (
        rate.free_from is not None and plan.may_be_promoted and plan.goods_total >= rate.free_from
    )
    freight = NOTHING if is_free else full
    ice_boxes = rules.ice_boxes(plan.weight_grams) if plan.is_chilled else 0
    ice, liquid = rules.ice_fee * ice_boxes, rules.liquid_fee * plan.liquids
    breakdown = {
        "zone": rate.zone,
        "rate_from": rate.effective_from.isoformat(),
        "rules_from": rules.effective_from.isoformat(),
        "weight_grams": plan.weight_grams,
        "first_grams": rate.first_grams,
        "first_price": str(rate.first_price),
        "step_grams": rate.step_grams,
        "step_price": str(rate.step_price),
        "full_price": str(full),
        "free_from": str(rate.free_from) if is_free else None,
        "freight": str(freight),
        "ice_boxes": ice_boxes,
        "ice_fee": str(ice),
        "liquids": plan.liquids,
        "liquid_fee": str(liquid),
    }
    note = ""
    if is_free and rate.free_from is not None:
        note = _("Miễn phí từ %(amount)s") % {"amount": format_dong(rate.free_from)}
    return ParcelCharge(
        plan,
        freight + ice + liquid,
        breakdown,
        note,
        extras=_extras(ice, ice_boxes, liquid, plan.liquids),
        promise=promised,
    )


def _extras(ice: Decimal, boxes: int, liquid: Decimal, bottles: int) -> tuple[Extra, ...]:
    extras = []
    if ice:
        words = ngettext("%(n)s thùng xốp, đá", "%(n)s thùng xốp, đá", boxes) % {"n": boxes}
        extras.append(Extra(words, ice))
    if liquid:
        words = ngettext(
            "đóng gói chống vỡ %(n)s chai, lọ", "đóng gói chống vỡ %(n)s chai, lọ", bottles
        ) % {"n": bottles}
        extras.append(Extra(words, liquid))
    return tuple(extras)

"""The ways that goods reach a buyer. Made anew for each basket and address: they hold both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.apps.shipping import methods
from oscar.core import prices

from catalogue.money import format_dong, to_dong
from shop.places.address import address_line
from shop.places.regions import region_of
from shop.shipping.parcels import ParcelPlan
from shop.shipping.pieces import shares
from shop.shipping.rates import ZoneRate
from shop.shipping.zones import zone_between

Free = methods.Free
NoShippingRequired = methods.NoShippingRequired
FixedPrice = methods.FixedPrice
Base = methods.Base
NOTHING = Decimal(0)


@dataclass(frozen=True)
class ParcelCharge:
    """What delivery of one parcel costs, đồng, and how that was worked out (for the record)."""

    plan: ParcelPlan
    amount: Decimal
    breakdown: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


class ParcelMethod(methods.Base):
    """A method that charges by parcel. `refusal` says why it cannot be chosen."""

    name: Any = ""
    description: Any = ""
    refusal: str | None = None

    def charges(self) -> list[ParcelCharge]:
        """One charge a parcel; meaningless when refused."""
        raise NotImplementedError

    @property
    def total(self) -> Decimal:
        return sum((charge.amount for charge in self.charges()), NOTHING)

    def calculate(self, basket: Any) -> prices.Price:
        return prices.Price("VND", excl_tax=self.total, incl_tax=self.total)


def charge_of(plan: ParcelPlan, rate: ZoneRate) -> ParcelCharge:
    """The fee of one parcel by one row of the table; free from an amount of its goods."""
    full = to_dong(rate.price_for(plan.weight_grams))
    is_free = (
        rate.free_from is not None and plan.may_be_promoted and plan.goods_total >= rate.free_from
    )
    breakdown = {
        "zone": rate.zone,
        "rate_from": rate.effective_from.isoformat(),
        "weight_grams": plan.weight_grams,
        "first_grams": rate.first_grams,
        "first_price": str(rate.first_price),
        "step_grams": rate.step_grams,
        "step_price": str(rate.step_price),
        "full_price": str(full),
        "free_from": str(rate.free_from) if is_free else None,
    }
    note = ""
    if is_free and rate.free_from is not None:
        note = _("Miễn phí từ %(amount)s") % {"amount": format_dong(rate.free_from)}
    return ParcelCharge(plan, NOTHING if is_free else full, breakdown, note)


class ZoneDelivery(ParcelMethod):
    """To the door, each parcel priced by its zone and weight."""

    code = "zone"
    name = gettext_lazy("Giao tận nơi")

    def __init__(
        self, parcels: Sequence[ParcelPlan], province_code: str, rates: Mapping[str, ZoneRate]
    ) -> None:
        self.parcels = parcels
        self.province_code = province_code
        self.rates = rates
        self.zones = [
            zone_between(plan.producer, plan.province_code or province_code) for plan in parcels
        ]
        self.refusal = self._refusal()

    def _refusal(self) -> str | None:
        chilled = [
            piece
            for plan in self.parcels
            if not reached_chilled(plan.province_code or self.province_code)
            for piece in plan.chilled
        ]
        if chilled:
            names = ", ".join(dict.fromkeys(piece.product.display_title for piece in chilled))
            return _("%(names)s cần giữ lạnh, chưa giao được đến tỉnh này.") % {"names": names}
        if any(zone not in self.rates for zone in self.zones):
            return _("Chưa có cước giao đến tỉnh này. Hãy gọi cho chúng tôi.")
        return None

    @property
    def description(self) -> str:
        count = len(self.parcels)
        places = {plan.recipient.pk for plan in self.parcels if plan.recipient is not None}
        if len(places) > 1:
            return _("%(n)s kiện đến %(places)s nơi.") % {"n": count, "places": len(places)}
        if count > 1:
            return _("%(n)s kiện, mỗi nhà sản xuất gửi một kiện.") % {"n": count}
        if any(piece.in_box for plan in self.parcels for piece in plan.pieces):
            return _("%(name)s đóng hộp và gửi đi.") % {
                "name": self.parcels[0].producer.display_name
            }
        return _("Nhà sản xuất gửi thẳng đến bạn.")

    def charges(self) -> list[ParcelCharge]:
        return [
            charge_of(plan, self.rates[zone])
            for plan, zone in zip(self.parcels, self.zones, strict=True)
            if zone is not None
        ]


class AgreedDelivery(ParcelMethod):
    """To the door for a sum that was agreed on, spread over the parcels by their weight."""

    code = "agreed"
    name = gettext_lazy("Giao theo báo giá")

    def __init__(self, parcels: Sequence[ParcelPlan], amount: Decimal) -> None:
        self.parcels = parcels
        self.amount = amount

    def charges(self) -> list[ParcelCharge]:
        parts = shares(self.amount, [plan.weight_grams for plan in self.parcels])
        return [
            ParcelCharge(plan, part, {"agreed": str(self.amount)})
            for plan, part in zip(self.parcels, parts, strict=True)
        ]


class PickUp(ParcelMethod):
    """Fetched by the buyer where it is made: one producer, known address, nothing to pay."""

    code = "pickup"
    name = gettext_lazy("Nhận tại nơi sản xuất")

    def __init__(self, parcel: ParcelPlan) -> None:
        self.parcel = parcel

    @property
    def description(self) -> str:
        producer = self.parcel.producer
        if producer.ward is None:
            return producer.display_name
        return f"{producer.display_name}, {address_line(producer.ward, hamlet=producer.hamlet)}"

    def charges(self) -> list[ParcelCharge]:
        return [ParcelCharge(self.parcel, NOTHING, {"pickup": self.description})]


class TaxInclusiveOfferDiscount(methods.TaxInclusiveOfferDiscount):
    """A delivery offer, spread over the parcels that may be promoted, in whole đồng."""

    refusal: str | None = None

    def charges(self) -> list[ParcelCharge]:
        full = self.method.charges()
        left = self.discount(None)
        reduced = []
        for charge in full:
            off = min(left, charge.amount) if charge.plan.may_be_promoted else NOTHING
            left -= off
            breakdown = {**charge.breakdown, "offer": self.offer.name, "offer_discount": str(off)}
            reduced.append(
                ParcelCharge(charge.plan, charge.amount - off, breakdown, charge.note)
                if off
                else charge
            )
        return reduced

    @property
    def total(self) -> Decimal:
        return sum((charge.amount for charge in self.charges()), NOTHING)

    def calculate(self, basket: Any) -> prices.Price:
        return prices.Price("VND", excl_tax=self.total, incl_tax=self.total)

    def discount(self, basket: Any) -> Decimal:
        """What the offer takes off, reckoned only on parcels that may be promoted."""
        promotable = sum(
            (charge.amount for charge in self.method.charges() if charge.plan.may_be_promoted),
            NOTHING,
        )
        if not promotable:
            return NOTHING
        return min(promotable, to_dong(self.offer.shipping_discount(promotable, "VND")))


TaxExclusiveOfferDiscount = methods.TaxExclusiveOfferDiscount


def reached_chilled(province_code: str) -> bool:
    """Whether chilled parcels arrive in time (settings.CHILLED_REGIONS)."""
    try:
        return region_of(province_code).value in settings.CHILLED_REGIONS
    except KeyError:
        return False

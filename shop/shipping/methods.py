"""The ways that goods reach a buyer. Made anew for each basket and address: they hold both."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.apps.shipping import methods
from oscar.core import prices

from catalogue.money import to_dong
from shop.shipping.charging import NOTHING, ParcelCharge, charge_of
from shop.shipping.keeping import LotsAtHand, what_spoils
from shop.shipping.parcels import ParcelPlan
from shop.shipping.pieces import shares
from shop.shipping.promise import Promise
from shop.shipping.terms import Terms
from shop.shipping.zones import zone_between

Free = methods.Free
NoShippingRequired = methods.NoShippingRequired
FixedPrice = methods.FixedPrice
Base = methods.Base


class ParcelMethod(methods.Base):
    """A method that charges by parcel. `refusal` says why it cannot be chosen."""

    name: Any = ""
    description: Any = ""
    refusal: str | None = None
    #: Fetched by the buyer: for those who say so, never assumed.
    is_pickup = False

    def charges(self) -> list[ParcelCharge]:
        """One charge a parcel; meaningless when refused."""
        raise NotImplementedError

    @property
    def total(self) -> Decimal:
        return sum((charge.amount for charge in self.charges()), NOTHING)

    def calculate(self, basket: Any) -> prices.Price:
        return prices.Price("VND", excl_tax=self.total, incl_tax=self.total)


class ZoneDelivery(ParcelMethod):
    """To the door, each parcel priced by its zone, its weight and what is in it."""

    code = "zone"
    name = gettext_lazy("Giao tận nơi")

    def __init__(
        self, parcels: Sequence[ParcelPlan], province_code: str, terms: Terms, lots: LotsAtHand
    ) -> None:
        self.parcels = parcels
        self.province_code = province_code
        self.terms = terms
        self.lots = lots
        self.zones = [
            zone_between(plan.producer, plan.province_code or province_code) for plan in parcels
        ]

    @cached_property
    def promises(self) -> list[Promise]:
        return [self.terms.promise(plan, self.province_code) for plan in self.parcels]

    @cached_property
    def refusals(self) -> list[str]:
        """Why each parcel cannot go there, in words; empty for those that can."""
        return [self._refusal_of(place) for place in range(len(self.parcels))]

    @property
    def refusal(self) -> str | None:  # type: ignore[override]
        """The first parcel's reason, and what can be done about it."""
        reason = next((words for words in self.refusals if words), "")
        return f"{reason} {self._way_out}" if reason else None

    def _refusal_of(self, place: int) -> str:
        plan = self.parcels[place]
        province = plan.province_code or self.province_code
        if plan.is_chilled and not self.terms.takes_chilled(province):
            names = ", ".join(dict.fromkeys(p.product.display_title for p in plan.chilled))
            return _("%(names)s cần giữ lạnh, chưa giao được đến tỉnh này.") % {"names": names}
        if self.zones[place] not in self.terms.rates:
            return _("Chưa có cước giao đến tỉnh này.")
        percent = self.terms.rules.least_life_percent
        return what_spoils(plan, self.promises[place], self.lots, percent)

    @property
    def _way_out(self) -> str:
        if any(zone not in self.terms.rates for zone in self.zones):
            return _("Hãy chọn nơi nhận khác.")
        if may_be_fetched(self.parcels):
            return _("Hãy chọn nhận tại nơi sản xuất, hoặc bỏ món ấy khỏi giỏ.")
        return _("Hãy bỏ món ấy khỏi giỏ, hoặc mua riêng để nhận tại nơi sản xuất.")

    @property
    def description(self) -> str:
        count = len(self.parcels)
        places = {plan.recipient.pk for plan in self.parcels if plan.recipient is not None}
        if len(places) > 1:
            return _("%(n)s kiện đến %(places)s nơi.") % {"n": count, "places": len(places)}
        if count > len({plan.producer.pk for plan in self.parcels}):
            return _("%(n)s kiện: hàng cần giữ lạnh đi riêng.") % {"n": count}
        if count > 1:
            return _("%(n)s kiện, mỗi nhà sản xuất gửi một kiện.") % {"n": count}
        if any(piece.in_box for plan in self.parcels for piece in plan.pieces):
            return _("%(name)s đóng hộp và gửi đi.") % {
                "name": self.parcels[0].producer.display_name
            }
        return _("Nhà sản xuất gửi thẳng đến bạn.")

    def charges(self) -> list[ParcelCharge]:
        return [
            charge_of(plan, self.terms.rates[zone], self.terms.rules, promised)
            for plan, zone, promised in zip(self.parcels, self.zones, self.promises, strict=True)
            if zone is not None and zone in self.terms.rates
        ]


def may_be_fetched(parcels: Sequence[ParcelPlan]) -> bool:
    """All of it lies with one producer whose address is known, and is no gift to somebody."""
    senders = {plan.producer.pk: plan.producer for plan in parcels}
    return (
        len(senders) == 1
        and all(producer.ward_id for producer in senders.values())
        and all(plan.recipient is None for plan in parcels)
    )


class AgreedDelivery(ParcelMethod):
    """To the door for a sum that was agreed on, spread over the parcels by their weight."""

    code = "agreed"
    name = gettext_lazy("Giao theo báo giá")

    def __init__(
        self, parcels: Sequence[ParcelPlan], amount: Decimal, province_code: str, terms: Terms
    ) -> None:
        self.parcels = parcels
        self.amount = amount
        self.province_code = province_code
        self.terms = terms

    def charges(self) -> list[ParcelCharge]:
        parts = shares(self.amount, [plan.weight_grams for plan in self.parcels])
        return [
            ParcelCharge(
                plan,
                part,
                {"agreed": str(self.amount)},
                promise=self.terms.promise(plan, self.province_code),
            )
            for plan, part in zip(self.parcels, parts, strict=True)
        ]


class TaxInclusiveOfferDiscount(methods.TaxInclusiveOfferDiscount):
    """A delivery offer, spread over the parcels that may be promoted, in whole đồng."""

    refusal: str | None = None
    is_pickup = False

    def charges(self) -> list[ParcelCharge]:
        full = self.method.charges()
        left = self.discount(None)
        reduced = []
        for charge in full:
            off = min(left, charge.amount) if charge.plan.may_be_promoted else NOTHING
            left -= off
            breakdown = {**charge.breakdown, "offer": self.offer.name, "offer_discount": str(off)}
            reduced.append(
                replace(charge, amount=charge.amount - off, breakdown=breakdown) if off else charge
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

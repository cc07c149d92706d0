"""Goods that the buyer fetches: where they are made, or at a fair. Nothing to pay for the way."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.places.address import address_line
from shop.shipping.charging import NOTHING, ParcelCharge
from shop.shipping.fairs import Fair
from shop.shipping.methods import ParcelMethod
from shop.shipping.parcels import ParcelPlan
from shop.shipping.promise import Promise
from shop.shipping.tables import OpenFair
from shop.shipping.terms import Terms

FAIR_CODE = "fair-"


class PickUp(ParcelMethod):
    """Fetched by the buyer where it is made: one producer, known address."""

    code = "pickup"
    name = gettext_lazy("Nhận tại nơi sản xuất")
    is_pickup = True

    def __init__(self, parcels: Sequence[ParcelPlan], terms: Terms) -> None:
        self.parcels = parcels
        self.terms = terms

    @property
    def place(self) -> str:
        producer = self.parcels[0].producer
        if producer.ward is None:
            return producer.display_name
        return f"{producer.display_name}, {address_line(producer.ward, hamlet=producer.hamlet)}"

    @property
    def description(self) -> str:
        ready = max(self.terms.ready(plan).leaves for plan in self.parcels)
        return _("%(place)s. Lấy được từ ngày %(day)s.") % {
            "place": self.place,
            "day": date_format(ready, "MONTH_DAY_FORMAT"),
        }

    def charges(self) -> list[ParcelCharge]:
        return [
            ParcelCharge(plan, NOTHING, {"pickup": self.place}, promise=self.terms.ready(plan))
            for plan in self.parcels
        ]


class FairPickUp(ParcelMethod):
    """Fetched at a fair to which the producers of all parcels come."""

    is_pickup = True

    def __init__(self, parcels: Sequence[ParcelPlan], fair: Fair, terms: Terms) -> None:
        self.parcels = parcels
        self.fair = fair
        self.terms = terms
        self.code = f"{FAIR_CODE}{fair.pk}"
        self.name = fetched_at(fair)

    @property
    def refusal(self) -> str | None:  # type: ignore[override]
        late = max(self.terms.ready(plan).leaves for plan in self.parcels)
        if late <= self.fair.last_day:
            return None
        return _("Hàng chuẩn bị xong ngày %(day)s, khi chợ đã tan.") % {
            "day": date_format(late, "MONTH_DAY_FORMAT")
        }

    @property
    def description(self) -> str:
        words = f"{self.fair.address}. {self.fair.when}."
        sample = _("Dữ liệu mẫu.")
        return f"{words} {sample}" if self.fair.is_sample else words

    def charges(self) -> list[ParcelCharge]:
        told = {"pickup": f"{self.fair.display_name}, {self.fair.address}", "fair": self.fair.pk}
        return [
            ParcelCharge(plan, NOTHING, told, promise=self._fetched(plan)) for plan in self.parcels
        ]

    def _fetched(self, plan: ParcelPlan) -> Promise:
        """From the day on which it is there, until the fair is over."""
        ready = self.terms.ready(plan)
        first = min(max(ready.leaves, self.fair.first_day), self.fair.last_day)
        return replace(ready, earliest=first, latest=self.fair.last_day)


def fetched_at(fair: Fair) -> str:
    return _("Nhận tại %(fair)s") % {"fair": fair.display_name}


def fairs_for(parcels: Sequence[ParcelPlan], fairs: Iterable[OpenFair]) -> list[Fair]:
    """The fairs to which every sender of these parcels comes; none for a gift to somebody."""
    if any(plan.recipient is not None for plan in parcels):
        return []
    senders = {plan.producer.pk for plan in parcels}
    return [each.fair for each in fairs if senders <= each.senders]

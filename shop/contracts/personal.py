"""The order's summary: the contract loses its people, and keeps what was sold for how much."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from shop.contracts.models import OrderSummary
from shop.personal.registry import Person, Room, Trace
from shop.personal.rows import dump


class SummaryRoom(Room):
    name = "contracts"
    title = gettext_lazy("Tóm tắt đơn hàng (hợp đồng)")
    holds = ("contracts.OrderSummary",)

    def export(self, person: Person) -> Any:
        return dump(OrderSummary.objects.filter(order__in=person.orders))

    def anonymise(self, orders: Sequence[int], trace: Trace) -> None:
        for summary in OrderSummary.objects.filter(order__in=orders):
            # Past its own `save`, which keeps the contract as it was for as long as it has a side.
            OrderSummary.objects.filter(pk=summary.pk).update(facts=without_people(summary.facts))


def without_people(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts without buyer, recipients and invoice; the commune and the province stay."""
    buyer = facts.get("buyer") or {}
    return {
        **facts,
        "buyer": {
            "name": "",
            "phone": "",
            # The first line is the street.
            "address": (buyer.get("address") or [])[1:],
            "email": "",
            "note": "",
        },
        "parcels": [{**parcel, "to": []} for parcel in facts.get("parcels", [])],
        "invoice": None,
    }

"""What the order's page shows of its reports: those there are, and which parcels take another."""

from collections.abc import Collection
from typing import Any

from shop.order.models import Order, Parcel
from shop.returns.models import ReturnRequest
from shop.returns.rules import may_report, reasons_for, rules


def reports_of(order: Order) -> dict[int, list[ReturnRequest]]:
    """Its reports by the key of their parcel, newest first, with lines and refund loaded."""
    found: dict[int, list[ReturnRequest]] = {}
    rows = ReturnRequest.objects.filter(order=order).select_related("refund")
    for asked in rows.prefetch_related("lines__line"):
        found.setdefault(asked.parcel_id, []).append(asked)
    return found


def reportable(parcels: Collection[tuple[Parcel, list[Any]]]) -> set[int]:
    """Keys of the parcels of which something may be reported now. Lines come loaded."""
    if not any(reasons_for(parcel) for parcel, _lines in parcels):
        return set()
    known = rules()
    return {parcel.pk for parcel, lines in parcels if may_report(parcel, lines, known)}

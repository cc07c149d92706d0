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


def reportable(
    parcels: Collection[tuple[Parcel, list[Any]]], reports: dict[int, list[ReturnRequest]]
) -> set[int]:
    """Keys of the parcels of which something may be reported now. Lines come loaded."""
    if not any(reasons_for(parcel) for parcel, _lines in parcels):
        return set()
    known = rules()
    return {
        parcel.pk
        for parcel, lines in parcels
        if may_report(parcel, _not_reported(lines, reports.get(parcel.pk, [])), known)
    }


def _not_reported(lines: list[Any], reports: list[ReturnRequest]) -> list[Any]:
    """Lines of which something is left: in no open report, not agreed on to the last piece."""
    closed: set[int] = set()
    agreed: dict[int, int] = {}
    for asked in reports:
        for row in asked.lines.all():
            if row.is_open:
                closed.add(row.line_id)
            agreed[row.line_id] = agreed.get(row.line_id, 0) + row.agreed
    return [
        line
        for line in lines
        if not line.is_wrapping and line.pk not in closed and agreed.get(line.pk, 0) < line.quantity
    ]

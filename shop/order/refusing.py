"""Parcels that nobody took: they come back, and what is sound may be sold again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.order.fulfilment import follow_parcels
from shop.order.models import Line, Parcel
from shop.order.steps import StepNotPossible
from shop.partner.models import StockRecord
from shop.payment.cash import close_cash, to_collect
from shop.payment.receiving import locked_payment
from shop.payment.trail import Kind, record

Status = Parcel.Status


@transaction.atomic
def refuse_delivery(
    parcel: Parcel, *, by: Any = None, restock: Mapping[int, int] | None = None
) -> Parcel:
    """The buyer did not take `parcel`, and it is back. A second time changes nothing.

    `restock` says how many of each of its lines, by the line's key, are sound and go back into
    stock; what is left out is lost. Goods left the stock when the parcel was handed over, so this
    only adds. Money that was paid beforehand stays until staff refund it; what was to be paid at
    the door is owed no more.

    Raises StepNotPossible for a parcel that is not on its way, ValueError for a line of another
    parcel or for more than were sent.
    """
    payment = locked_payment(parcel.order_id)
    locked = Parcel.objects.select_for_update().get(pk=parcel.pk)
    if locked.status == Status.RETURNED:
        return locked
    if locked.status != Status.SHIPPED:
        raise StepNotPossible(
            _("Kiện đang ở bước “%(status)s”, không làm bước này được.")
            % {"status": locked.get_status_display()}
        )
    back = _put_back(locked, restock or {})
    locked.uncollected = to_collect(locked)
    locked.status, locked.returned_at = Status.RETURNED, timezone.now()
    locked.save(update_fields=["status", "returned_at", "uncollected"])
    locked.lines.update(status=Status.RETURNED)
    follow_parcels(payment.order)
    words = _("Kiện %(n)s bị trả lại; nhập lại kho %(back)s.") % {
        "n": locked.position,
        "back": back,
    }
    record(payment, Kind.NOTE, words, by=by)
    close_cash(payment)
    return locked


def _put_back(parcel: Parcel, restock: Mapping[int, int]) -> int:
    """Add what is sound to the stock, in stock-record order as placing locks it; how many."""
    lines: dict[int, Line] = {line.pk: line for line in parcel.lines.order_by("stockrecord_id")}
    if strangers := set(restock) - set(lines):
        raise ValueError(f"lines {sorted(strangers)} are not of parcel {parcel}")
    for pk, line in lines.items():
        if not 0 <= restock.get(pk, 0) <= line.quantity:
            raise ValueError(f"{restock[pk]} of line {pk} come back, {line.quantity} were sent")
    back = 0
    for pk, line in lines.items():
        quantity = restock.get(pk, 0)
        # A product without counted stock has none to add to.
        if quantity and line.stockrecord_id is not None:
            back += quantity
            StockRecord.objects.filter(pk=line.stockrecord_id, num_in_stock__isnull=False).update(
                num_in_stock=F("num_in_stock") + quantity, date_updated=timezone.now()
            )
    return back

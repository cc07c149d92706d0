"""Everything of one order for its page in the office, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from auditlog.models import LogEntry
from django.db.models import Prefetch

from shop.audit.reading import readable
from shop.contracts.models import OrderSummary
from shop.invoices.models import InvoiceRequest
from shop.order.models import AddressChange, Line, Order, OrderMessage, Parcel
from shop.payment.models import Payment
from shop.payment.registry import method_label
from shop.returns.models import ReturnRequest

#: Letters and changes beyond that many are found on their own pages.
MOST = 50


@dataclass(frozen=True)
class OrderPage:
    order: Order
    parcels: list[Parcel]
    payment: Payment | None
    payment_label: str
    events: list[Any]
    refunds: list[Any]
    discounts: list[Any]
    notes: list[Any]
    changes_of_status: list[Any]
    letters: list[Any]
    messages: list[OrderMessage]
    returns: list[ReturnRequest]
    address_changes: list[AddressChange]
    invoice_request: InvoiceRequest | None
    has_summary: bool
    log: list[Any]
    may_cancel: bool


def page_of(order: Order, user: Any) -> OrderPage:
    """What `user` may see of it: money, letters and the log only by right."""
    lines = Line.objects.select_related(
        "product__parent", "lot", "box__product__parent", "picture"
    ).order_by("pk")
    parcels = list(
        order.parcels.select_related("producer", "recipient__address")
        .prefetch_related(Prefetch("lines", queryset=lines), "events")
        .order_by("position")
    )
    payment: Payment | None = Payment.objects.filter(order=order).first()
    sees_money = user.has_perm("payment.view_payment")
    sees_letters = user.has_perm("communication.view_letter")
    gone = {"shipped", "delivered", "returned"}
    return OrderPage(
        order=order,
        parcels=parcels,
        payment=payment,
        payment_label=method_label(order.payment_method),
        events=list(payment.events.select_related("by")) if payment and sees_money else [],
        refunds=list(payment.refunds.all()) if payment and sees_money else [],
        discounts=list(order.discounts.all()),
        notes=list(order.notes.select_related("user").order_by("-pk")),
        changes_of_status=list(order.status_changes.order_by("-pk")[:MOST]),
        letters=list(order.letters.order_by("-pk")[:MOST]) if sees_letters else [],
        messages=list(order.messages.select_related("by", "parcel").order_by("pk")),
        returns=list(order.returns.select_related("parcel").order_by("-pk")),
        address_changes=list(order.address_changes.select_related("old", "new", "by")),
        invoice_request=InvoiceRequest.objects.filter(order=order).first(),
        has_summary=OrderSummary.objects.filter(order=order).exists(),
        log=_log_of(order, parcels, payment) if user.has_perm("auditlog.view_logentry") else [],
        may_cancel=order.status not in ("cancelled", "shipped", "completed", "returned")
        and not gone & {parcel.status for parcel in parcels},
    )


def _log_of(order: Order, parcels: list[Parcel], payment: Payment | None) -> list[Any]:
    entries = LogEntry.objects.get_for_object(order)
    for thing in (*parcels, *([payment] if payment else [])):
        entries = entries | LogEntry.objects.get_for_object(thing)
    return readable(entries.select_related("actor", "content_type").order_by("-pk")[:MOST])

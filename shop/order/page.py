"""What the order's page says: its parcels with their steps, its sums, what can still be done."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from catalogue.money import format_dong
from shop.invoices.models import InvoiceRequest
from shop.order.addressing import may_move
from shop.order.cancelling import may_cancel
from shop.order.loading import parcels_of, what_there_is
from shop.order.models import AddressChange, Order, OrderBox, OrderMessage, Parcel, Recipient
from shop.payment.changing import other_ways
from shop.payment.methods.base import PaymentMethod
from shop.payment.models import Payment, Refund
from shop.payment.registry import method_of
from shop.returns.models import ReturnRequest
from shop.returns.page import reportable, reports_of

Status = Parcel.Status
#: The way of a parcel that meets no trouble.
WAY = (Status.NEW, Status.PACKING, Status.SHIPPED, Status.DELIVERED)


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    when: str = ""


@dataclass(frozen=True)
class BoxView:
    """What one parcel holds of a gift box; `amount` is đồng before discounts."""

    box: OrderBox
    lines: list[Any]

    @property
    def amount(self) -> Decimal:
        return sum((line.line_price_before_discounts_incl_tax for line in self.lines), Decimal(0))

    @property
    def parts(self) -> list[Any]:
        """The things in it, without the wrapping."""
        return [line for line in self.lines if not line.is_wrapping]


@dataclass(frozen=True)
class ParcelView:
    """One parcel as the page shows it: goods by themselves, then boxes."""

    parcel: Parcel
    all_lines: list[Any]
    steps: list[Step]
    messages: list[OrderMessage] = field(default_factory=list)
    reports: list[ReturnRequest] = field(default_factory=list)
    may_report: bool = False

    @property
    def replaces(self) -> int | None:
        """The number of the parcel in whose place goods are sent anew."""
        return self.parcel.charge_breakdown.get("replaces")

    @property
    def goods_total(self) -> Decimal:
        prices = (line.line_price_before_discounts_incl_tax for line in self.all_lines)
        return sum(prices, Decimal(0))

    @property
    def lines(self) -> list[Any]:
        return [line for line in self.all_lines if line.box_id is None]

    @property
    def boxes(self) -> list[BoxView]:
        held: dict[int, BoxView] = {}
        for line in self.all_lines:
            if line.box_id is not None:
                held.setdefault(line.box_id, BoxView(line.box, [])).lines.append(line)
        return list(held.values())

    @property
    def is_off_the_way(self) -> bool:
        """Cancelled or returned: no steps, one sentence."""
        return not self.steps


@dataclass(frozen=True)
class OrderPage:
    """Everything that the template draws. Sums in đồng, tax included."""

    order: Order
    parcels: list[ParcelView]
    goods_total: Decimal
    discounts: list[Any]
    surcharges: list[Any]
    payment_label: str
    payment_state: str
    pay_url: str
    may_cancel: bool
    #: Other methods that a waiting order may be paid by.
    other_ways: list[PaymentMethod]
    #: Whether the contract can be downloaded; not for orders from before there were summaries.
    has_summary: bool
    invoice_request: InvoiceRequest | None
    #: The conversation about the order as a whole, with the shop.
    messages: list[OrderMessage]
    refunds: list[Refund]
    address_changes: list[AddressChange]
    #: Money is promised back that needs an account to go to.
    needs_account: bool
    #: Where money goes that waits to be sent back, as its buyer named it.
    refund_account: Any
    has_receipt: bool

    @property
    def summary_line(self) -> str:
        """How many of its parcels have come how far, where they went by different ways."""
        states = [view.parcel.status for view in self.parcels]
        if len(states) < 2 or len(set(states)) == 1:
            return ""
        sent = sum(state in (Status.SHIPPED, Status.DELIVERED) for state in states)
        came = states.count(Status.DELIVERED)
        return _("%(sent)s trong %(all)s kiện đã gửi, %(came)s kiện đã giao.") % {
            "sent": sent,
            "all": len(states),
            "came": came,
        }

    @property
    def may_move(self) -> bool:
        """Whether its own address may still be changed: nothing that goes there is packed."""
        own = self.order.shipping_address_id
        there = [
            view.parcel
            for view in self.parcels
            if view.parcel.recipient is None or view.parcel.recipient.address_id == own
        ]
        return may_move(self.order, there)

    @property
    def movable_recipients(self) -> set[int]:
        """Keys of the recipients whose address may still be changed."""
        return {
            recipient.pk
            for recipient in self.recipients
            if may_move(
                self.order,
                [v.parcel for v in self.parcels if v.parcel.recipient_id == recipient.pk],
            )
        }

    @property
    def recipients(self) -> list[Recipient]:
        """Who gets it as a gift, each once; none for an order that is no gift."""
        told = {view.parcel.recipient_id: view.parcel.recipient for view in self.parcels}
        return [recipient for recipient in told.values() if recipient is not None]

    @property
    def goes_to_several(self) -> bool:
        return len(self.recipients) > 1


def page_of(order: Order) -> OrderPage:
    """The page of one order, in a fixed number of queries however many lines it has."""
    parcels = parcels_of(order)
    # may_cancel reads the parcels that are loaded already.
    order._prefetched_objects_cache = {"parcels": parcels}
    there = what_there_is(order)
    said = _messages_of(order) if "messages" in there else {}
    reports = reports_of(order) if "reports" in there else {}
    open_to_report = reportable([(each, list(each.lines.all())) for each in parcels], reports)
    views = [
        ParcelView(
            parcel,
            list(parcel.lines.all()),
            steps_of(parcel),
            said.get(parcel.pk, []),
            reports.get(parcel.pk, []),
            parcel.pk in open_to_report,
        )
        for parcel in parcels
    ]
    refunds = (
        list(order.payment.refunds.exclude(state=Refund.State.FAILED).order_by("pk"))
        if "refunds" in there
        else []
    )
    method = method_of(order.payment_method)
    waits = order.status == "pending-payment" or order.payment.state == Payment.State.DEPOSITED
    return OrderPage(
        order=order,
        parcels=views,
        goods_total=sum(
            (
                line.line_price_before_discounts_incl_tax
                for view in views
                for line in view.all_lines
            ),
            Decimal(0),
        ),
        discounts=[
            each for each in order.discounts.all() if each.amount and not each.is_shipping_discount
        ]
        if "discounts" in there
        else [],
        surcharges=list(order.surcharges.all()) if "surcharges" in there else [],
        payment_label=str(method.label) if method else order.payment_method,
        payment_state=payment_state(order),
        pay_url=method.next_url(order) if method and waits else "",
        may_cancel=may_cancel(order),
        other_ways=other_ways(order),
        has_summary="summary" in there,
        invoice_request=InvoiceRequest.objects.filter(order=order).first()
        if "invoice" in there
        else None,
        messages=said.get(None, []),
        refunds=refunds,
        address_changes=list(
            order.address_changes.select_related("old", "new", "recipient").order_by("-pk")
        )
        if "moves" in there
        else [],
        needs_account=any(refund.needs_account for refund in refunds),
        refund_account=_account_of(order, refunds),
        has_receipt=bool(order.payment.received),
    )


def _account_of(order: Order, refunds: list[Refund]) -> Any:
    waits = any(refund.state in Refund.WAITING for refund in refunds)
    return order.payment.refund_account if waits and order.payment.has_refund_account else None


def _messages_of(order: Order) -> dict[int | None, list[OrderMessage]]:
    """What was said, by the key of the parcel it is about; None for the order as a whole.

    What belongs to a report is read on the report's own page.
    """
    found: dict[int | None, list[OrderMessage]] = {}
    for message in order.messages.filter(about=None):
        found.setdefault(message.parcel_id, []).append(message)
    return found


def payment_state(order: Order) -> str:
    """What is known about the money, in one sentence."""
    if order.paid_at:
        return _("Đã trả tiền ngày %(day)s.") % {"day": _day(order.paid_at)}
    if order.status == "cancelled":
        return _("Đơn đã hủy, không phải trả tiền.")
    if order.status == "pending-payment":
        return _("Chưa nhận được tiền.")
    if order.payment.state == Payment.State.DEPOSITED:
        return _("Đã nhận tiền cọc, còn %(rest)s.") % {
            "rest": format_dong(order.payment.outstanding)
        }
    if order.status == "to-confirm":
        return _("Chưa trả. Chúng tôi gọi cho bạn xác nhận đơn, rồi mới gửi hàng.")
    if order.status == "returned":
        return _("Hàng đã trả lại, không phải trả tiền.")
    return _("Chưa trả. Người giao thu khi bạn nhận hàng.")


def steps_of(parcel: Parcel) -> list[Step]:
    """How far a parcel has come; nothing for one that was cancelled or sent back."""
    if parcel.status not in WAY:
        return []
    reached = WAY.index(Status(parcel.status))
    times = {
        Status.NEW: parcel.created_at,
        Status.SHIPPED: parcel.shipped_at,
        Status.DELIVERED: parcel.delivered_at,
    }
    words = {
        Status.NEW: _("Đã nhận đơn"),
        Status.PACKING: _("Đóng gói"),
        Status.SHIPPED: _("Đã gửi"),
        Status.DELIVERED: _("Đã giao"),
    }
    steps = []
    for place, status in enumerate(WAY):
        done = place < reached or parcel.status == Status.DELIVERED
        state = "done" if done else "now" if place == reached else "later"
        when = times.get(status) if place <= reached else None
        steps.append(Step(words[status], state, _moment(when) if when else ""))
    return steps


def _day(moment: Any) -> str:
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")


def _moment(moment: Any) -> str:
    return formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")

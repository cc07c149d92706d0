"""The queue: money that could not be applied by itself, and what a person decides about it."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.money import format_dong
from shop.order.models import Order
from shop.payment.models import MoneyReceived, Payment
from shop.payment.receiving import locked_payment, settle
from shop.payment.refunding import ask_refund
from shop.payment.trail import Kind, record

State = MoneyReceived.State
Reason = MoneyReceived.Reason


class CannotResolve(Exception):
    """This is not a way out for this sum. The message is for the person who asked."""


def waiting() -> QuerySet[MoneyReceived]:
    """What waits for a person, oldest first."""
    return (
        MoneyReceived.objects.filter(state=State.QUEUED)
        .select_related("payment__order", "message")
        .prefetch_related("payment__order__parcels")
        .order_by("pk")
    )


def waiting_for(payment: Payment) -> list[MoneyReceived]:
    return list(payment.money.filter(state=State.QUEUED).order_by("pk"))


@transaction.atomic
def accept(
    money: MoneyReceived, *, by: Any, order: Order | None = None, as_is: bool = False
) -> MoneyReceived:
    """Apply a queued sum to its order, or to `order`; twice is once.

    All sums that wait for the same order count together. When they are not exactly what is due:
    less is taken only `as_is` (the shop bears the difference; of a deposit it is added to the
    rest), more than all that is to be paid is taken and the excess promised back. Raises
    CannotResolve for an order that expects no money, or for another currency: what came for a
    cancelled order is returned, never revives it.
    """
    target = order or (money.payment.order if money.payment else None)
    if target is None:
        raise CannotResolve(_("Hãy chọn đơn của khoản tiền này."))
    payment = locked_payment(target.pk)
    row = _locked(money)
    if row.state == State.APPLIED:
        return row
    _refuse_unless_queued(row)
    if row.currency != "VND":
        raise CannotResolve(_("Khoản này không phải tiền đồng: hãy trả lại người chuyển."))
    if not payment.is_open:
        raise CannotResolve(
            _("Đơn %(number)s không còn chờ tiền: hãy trả lại người chuyển.")
            % {"number": target.number}
        )
    row.payment = payment
    together = [row, *(other for other in waiting_for(payment) if other.pk != row.pk)]
    total = sum((each.amount for each in together), Decimal(0))
    missing = payment.due - total
    if missing > 0 and not as_is:
        raise CannotResolve(_("Còn thiếu %(sum)s.") % {"sum": format_dong(missing)})
    for each in together:
        _close(each, State.APPLIED, _("Ghi vào đơn %(n)s.") % {"n": target.number}, by)
    words = _("Nhận thiếu %(sum)s, cửa hàng chịu.") % {"sum": format_dong(missing)}
    if payment.part == Payment.Part.DEPOSIT:
        words = _("Nhận cọc thiếu %(sum)s, cộng vào phần còn lại.") % {"sum": format_dong(missing)}
    excess = total - payment.outstanding
    settle(payment, together, by=by, words=words if missing > 0 else "")
    if excess > 0:
        ask_refund(payment, reason=_("Chuyển thừa."), amount=excess, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def give_back(money: MoneyReceived, *, by: Any, reference: str) -> MoneyReceived:
    """Staff sent the sum back to whom it came from; `reference` is the bank's. Twice is once.

    It never counted towards an order, so nothing is entered in an order's ledger.
    """
    row = _locked(money)
    if row.state == State.RETURNED:
        return row
    _refuse_unless_queued(row)
    if not reference.strip():
        raise CannotResolve(_("Hãy ghi mã giao dịch trả lại."))
    _close(row, State.RETURNED, _("Trả lại: %(ref)s") % {"ref": reference.strip()}, by)
    return row


@transaction.atomic
def set_aside(money: MoneyReceived, *, by: Any, note: str) -> MoneyReceived:
    """The sum has nothing to do with an order (interest, a loan). Twice is once."""
    row = _locked(money)
    if row.state == State.NOT_OURS:
        return row
    _refuse_unless_queued(row)
    if not note.strip():
        raise CannotResolve(_("Hãy ghi đây là tiền gì."))
    _close(row, State.NOT_OURS, note.strip(), by)
    return row


def _locked(money: MoneyReceived) -> MoneyReceived:
    return MoneyReceived.objects.select_for_update().get(pk=money.pk)


def _refuse_unless_queued(money: MoneyReceived) -> None:
    if money.state != State.QUEUED:
        raise CannotResolve(
            _("Khoản này đã xử lý: %(state)s.") % {"state": money.get_state_display()}
        )


def _close(money: MoneyReceived, state: State, words: str, by: Any) -> None:
    money.state = state
    money.resolution = words[:300]
    money.resolved_by = by
    money.resolved_at = timezone.now()
    money.save()
    if money.payment is not None:
        record(money.payment, Kind.RESOLVED, words, amount=money.amount, by=by)

"""What the shop decides about a report: money back, goods anew, more questions, or no."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.money import format_dong, to_dong
from shop.order.letters import write_return_letter
from shop.order.messages import answer as write_answer
from shop.order.models import Order
from shop.payment.models import Payment, Refund
from shop.payment.receiving import locked_payment
from shop.payment.refunding import CannotRefund, LineToRefund, ask_refund, price_of
from shop.returns.errors import CannotDecide
from shop.returns.models import ReturnLine, ReturnRequest
from shop.returns.replacing import send_anew
from shop.returns.rules import OF_THE_BUYER

State = ReturnRequest.State
Wish = ReturnRequest.Wish
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Decision:
    """What staff chose. `agreed` is pieces by the key of the request's line.

    `extra` is đồng beyond the price of the goods: delivery, or amends for what is kept.
    """

    outcome: str
    answer: str
    agreed: Mapping[int, int]
    extra: Decimal = NOTHING
    borne_by: str = ReturnRequest.Bearer.PRODUCER
    goods_come_back: bool = False


def proposed_extra(asked: ReturnRequest) -> Decimal:
    """The part of the delivery fee that goes back when the fault is ours, đồng.

    The share of the reported goods in the worth of their parcel: all of it for all of them.
    """
    if asked.reason in OF_THE_BUYER:
        return NOTHING
    rows = list(asked.lines.select_related("line"))
    whole = sum((line.line_price_incl_tax for line in asked.parcel.lines.all()), NOTHING)
    part = sum(
        (row.line.line_price_incl_tax * row.quantity / row.line.quantity for row in rows), NOTHING
    )
    return to_dong(asked.parcel.charge * part / whole) if whole else NOTHING


@dataclass(frozen=True)
class Proposal:
    """What agreeing to everything gives back, đồng: each line's price, and the part of the fee."""

    priced: list[tuple[ReturnLine, Decimal]]
    extra: Decimal

    @property
    def total(self) -> Decimal:
        return sum((price for _row, price in self.priced), NOTHING) + self.extra


def proposal_of(asked: ReturnRequest, rows: list[ReturnLine]) -> Proposal:
    return Proposal(
        [(row, price_of(row.line, row.quantity)) for row in rows], proposed_extra(asked)
    )


@transaction.atomic
def agree(asked: ReturnRequest, decision: Decision, *, by: Any) -> ReturnRequest:
    """Say yes, to all or to part; a second time changes nothing.

    Money is promised back by the payment core under a key of this request. Raises CannotDecide
    when it was refused or withdrawn, when nothing is agreed on, or with the core's own refusal.
    """
    payment = locked_payment(asked.order_id)
    locked = ReturnRequest.objects.select_for_update().get(pk=asked.pk)
    if locked.state == State.AGREED:
        return locked
    _must_be_open(locked)
    rows = _agreed_rows(locked, decision)
    locked.borne_by = decision.borne_by
    if decision.outcome == Wish.REFUND:
        _must_not_exceed(locked, rows, decision, by)
        locked.refund = _promise(locked, rows, decision, payment, by=by)
    elif decision.outcome == Wish.REPLACE:
        send_anew(locked, rows, payment.order)
    for row in rows:
        row.save(update_fields=["agreed"])
    locked.outcome = decision.outcome
    if decision.goods_come_back and rows:
        locked.goods = ReturnRequest.Goods.AWAITED
    _close(locked, State.AGREED, decision.answer, by=by)
    write_return_letter("RETURN_APPROVED", locked)
    return locked


def _agreed_rows(asked: ReturnRequest, decision: Decision) -> list[ReturnLine]:
    rows = []
    for row in asked.lines.select_related("line__stockrecord__product").order_by(
        "line__stockrecord_id", "pk"
    ):
        row.agreed = decision.agreed.get(row.pk, 0)
        if not 0 <= row.agreed <= row.quantity:
            raise CannotDecide(
                _("“%(title)s”: người mua báo %(n)s.")
                % {"title": row.line.title, "n": row.quantity}
            )
        if row.agreed:
            rows.append(row)
    if decision.outcome == Wish.REPLACE and not rows:
        raise CannotDecide(_("Hãy chọn món và số lượng gửi bù."))
    return rows


def most_without_right(asked: ReturnRequest) -> Decimal:
    """What a report may bring back by the word of who decides alone, đồng.

    The goods that were reported and their parcel's delivery; more is for who may give money back
    (`payment.add_refund`).
    """
    rows = asked.lines.select_related("line")
    return asked.parcel.charge + sum((price_of(row.line, row.quantity) for row in rows), NOTHING)


def _must_not_exceed(
    asked: ReturnRequest, rows: list[ReturnLine], decision: Decision, by: Any
) -> None:
    """`by` is None for the shop itself."""
    if by is None or by.has_perm("payment.add_refund"):
        return
    most = most_without_right(asked)
    if sum((price_of(row.line, row.agreed) for row in rows), decision.extra) > most:
        raise CannotDecide(
            _("Nhiều nhất %(sum)s: hàng được báo và phí giao của kiện. Hơn nữa thì nhờ kế toán.")
            % {"sum": format_dong(most)}
        )


def _promise(
    asked: ReturnRequest,
    rows: list[ReturnLine],
    decision: Decision,
    payment: Payment,
    *,
    by: Any,
    key: str = "",
) -> Refund:
    goods = sum((price_of(row.line, row.agreed) for row in rows), NOTHING)
    # Read by the buyer, on the page, in the letter and on the receipt.
    with override(payment.order.language):
        reason = _("%(reason)s, kiện %(n)s") % {
            "reason": asked.get_reason_display(),
            "n": asked.parcel.position,
        }
    try:
        return ask_refund(
            payment,
            reason=reason,
            amount=goods + decision.extra,
            lines=[LineToRefund(row.line, row.agreed) for row in rows],
            by=by,
            key=key or f"return-{asked.pk}",
            borne_by=decision.borne_by,
            parcel=asked.parcel,
        )
    except CannotRefund as refusal:
        raise CannotDecide(str(refusal)) from refusal


@transaction.atomic
def refund_again(asked: ReturnRequest, *, by: Any) -> ReturnRequest:
    """Promise the same money once more, after the first promise could not be kept.

    Harmless while the last one stands. Raises CannotDecide when the core refuses it.
    """
    payment = locked_payment(asked.order_id)
    locked = ReturnRequest.objects.select_for_update().get(pk=asked.pk)
    failed = locked.refund
    if failed is None or failed.state != Refund.State.FAILED:
        return locked
    rows = list(locked.lines.filter(agreed__gt=0).select_related("line"))
    goods = failed.lines.all()
    extra = failed.amount - sum((row.amount for row in goods), NOTHING)
    decision = Decision(locked.outcome, locked.answer, {}, extra, borne_by=locked.borne_by)
    key = f"return-{locked.pk}-after-{failed.pk}"
    locked.refund = _promise(locked, rows, decision, payment, by=by, key=key)
    locked.save(update_fields=["refund"])
    return locked


@transaction.atomic
def refuse(asked: ReturnRequest, answer: str, *, by: Any) -> ReturnRequest:
    """Say no, with the reason that the buyer reads; a second time changes nothing."""
    Order.objects.select_for_update().get(pk=asked.order_id)
    locked = ReturnRequest.objects.select_for_update().get(pk=asked.pk)
    if locked.state == State.REFUSED:
        return locked
    _must_be_open(locked)
    _close(locked, State.REFUSED, answer, by=by)
    write_return_letter("RETURN_REFUSED", locked)
    return locked


@transaction.atomic
def ask_for_more(asked: ReturnRequest, words: str, *, by: Any) -> ReturnRequest:
    """Ask the buyer for a photograph or a word more; it waits for them until they answer."""
    order = Order.objects.select_for_update().get(pk=asked.order_id)
    locked = ReturnRequest.objects.select_for_update().get(pk=asked.pk)
    _must_be_open(locked)
    write_answer(order, words, by=by, parcel=locked.parcel, about=locked)
    locked.state = State.ASKED
    locked.save(update_fields=["state"])
    return locked


def _must_be_open(asked: ReturnRequest) -> None:
    if not asked.is_open:
        raise CannotDecide(_("Yêu cầu này đã xong: %(state)s.") % {"state": _state(asked)})


def _state(asked: ReturnRequest) -> str:
    return str(asked.get_state_display()).lower()


def _close(asked: ReturnRequest, state: str, words: str, *, by: Any) -> None:
    asked.state = state
    asked.answer = words.strip()
    asked.decided_by = by
    asked.decided_at = timezone.now()
    asked.save()
    asked.lines.update(is_open=False)
    asked.messages.unanswered().update(waits=False)

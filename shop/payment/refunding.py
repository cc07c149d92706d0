"""Giving money back: asked for once, sent once, entered when it has gone.

Asking is one transaction (promise, lines, stock); sending is outside of any, and may fail and be
tried again: the refund's key makes the provider pay once.
"""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from structlog.contextvars import bound_contextvars

from catalogue.money import format_dong, to_dong
from shop.order.letters import write_refunded_letters
from shop.order.models import Line, Order, Parcel
from shop.partner.models import StockRecord
from shop.payment.ledger import enter_refund
from shop.payment.methods.base import RefundRefused
from shop.payment.models import Payment, Refund, RefundLine
from shop.payment.receiving import locked_payment
from shop.payment.registry import method_of
from shop.payment.trail import Kind, record
from shop.settlements.entering import enter_refund as enter_settlement

logger = logging.getLogger(__name__)
State = Refund.State
NOTHING = Decimal(0)


@dataclass(frozen=True)
class LineToRefund:
    """So many of an order line; `restock` when they may be sold again."""

    line: Line
    quantity: int
    restock: bool = False


class CannotRefund(Exception):
    """This may not be given back. The message is for the person who asked."""


def refundable_quantity(line: Line) -> int:
    """How many of a line are not refunded, nor about to be; none that came back unpaid."""
    if line.parcel is not None and line.parcel.uncollected:
        return 0
    return line.quantity - _given_back(line)


def _given_back(line: Line) -> int:
    gone = line.refund_lines.exclude(refund__state=State.FAILED)
    return gone.aggregate(sum=Sum("quantity"))["sum"] or 0


def price_of(line: Line, quantity: int) -> Decimal:
    """What `quantity` of a line cost after its discounts, whole đồng.

    The last ones take what rounding left, so that the whole line never gives back more, or less,
    than was paid for it.
    """
    before = _given_back(line)
    whole = line.line_price_incl_tax
    return to_dong(whole * (before + quantity) / line.quantity) - to_dong(
        whole * before / line.quantity
    )


def ask_refund(
    payment: Payment,
    *,
    reason: str,
    amount: Decimal | None = None,
    lines: Sequence[LineToRefund] = (),
    by: Any = None,
    key: str = "",
    borne_by: str = "",
    parcel: Parcel | None = None,
) -> Refund:
    """Promise money back: `amount` đồng, or the price of `lines` when it is not given.

    `borne_by` (`Refund.Bearer`) and the `parcel` it is about say whose loss it is.

    The same key again gives the same refund. Raises CannotRefund when it is more than is left of
    what was received, or more of a line than was bought. Stock of `restock` lines goes back at
    once. The money leaves after the commit, by the method itself or by staff.
    """
    with transaction.atomic():
        locked = locked_payment(payment.order_id)
        key = key or uuid.uuid4().hex
        if (done := Refund.objects.filter(key=key).first()) is not None:
            return done
        rows = _checked_lines(lines, locked.order)
        total = sum((price for _row, price in rows), NOTHING) if amount is None else amount
        if total <= 0 or total != to_dong(total):
            raise CannotRefund(_("Số tiền hoàn phải là số đồng nguyên, lớn hơn 0."))
        if total > locked.refundable:
            raise CannotRefund(
                _("Chỉ còn hoàn được %(left)s.") % {"left": format_dong(locked.refundable)}
            )
        refund = Refund.objects.create(
            payment=locked,
            key=key,
            amount=total,
            reason=reason[:300],
            asked_by=by,
            borne_by=borne_by,
            parcel=parcel,
        )
        for row, price in rows:
            RefundLine.objects.create(
                refund=refund,
                line=row.line,
                quantity=row.quantity,
                amount=price,
                restock=row.restock,
            )
        _restock([row for row, _price in rows if row.restock])
        record(locked, Kind.REFUND_ASKED, reason, amount=total, by=by)
        transaction.on_commit(lambda: send_refunds.enqueue(), robust=True)
    refund.refresh_from_db()
    return refund


def refund_what_is_left(payment: Payment, *, reason: str, by: Any = None) -> Refund | None:
    """Promise back all that was received and is still there; None when nothing is."""
    with transaction.atomic():
        locked = locked_payment(payment.order_id)
        if locked.refundable <= 0:
            return None
        return ask_refund(locked, reason=reason, amount=locked.refundable, by=by)


def _checked_lines(
    lines: Sequence[LineToRefund], order: Order
) -> list[tuple[LineToRefund, Decimal]]:
    rows = []
    for each in sorted(lines, key=lambda row: row.line.stockrecord_id or 0):
        if each.line.order_id != order.pk:
            raise CannotRefund(_("Dòng hàng này thuộc đơn khác."))
        left = refundable_quantity(each.line)
        if not 0 < each.quantity <= left:
            raise CannotRefund(
                _("“%(title)s” chỉ còn hoàn được %(left)s.")
                % {"title": each.line.title, "left": left}
            )
        rows.append((each, price_of(each.line, each.quantity)))
    return rows


def _restock(rows: Sequence[LineToRefund]) -> None:
    """Back for sale: what was still promised is released, what had left the house is counted in."""
    for row in rows:
        line = Line.objects.select_related("stockrecord__product").get(pk=row.line.pk)
        promised = 0 if line.allocation_cancelled else min(line.num_allocated or 0, row.quantity)
        if promised:
            line.cancel_allocation(promised)
        record_ = line.stockrecord
        if record_ is not None and record_.can_track_allocations and row.quantity > promised:
            if line.allocation_cancelled or line.status == "returned":
                continue  # cancelled or sent back before: its stock went back then
            StockRecord.objects.filter(pk=record_.pk).update(
                num_in_stock=Coalesce(F("num_in_stock"), 0) + row.quantity - promised
            )


# --- Sending ------------------------------------------------------------------------------------


@task()
def send_refunds() -> int:
    """Background task: send what waits and can be sent by its method; how many went."""
    return send_waiting_refunds()


def send_waiting_refunds() -> int:
    """Send every waiting refund that its method sends by itself. Never raises for one of them."""
    waiting = Refund.objects.filter(state__in=Refund.WAITING).select_related("payment__order")
    done = 0
    for refund in waiting.order_by("pk"):
        with bound_contextvars(order=refund.payment.order.number):
            done += send_refund(refund)
    return done


def send_refund(refund: Refund) -> bool:
    """Have the method send one refund; whether it went. A failure is noted and tried again."""
    method = method_of(refund.payment.method)
    if method is None or not method.refunds_itself or refund.state not in Refund.WAITING:
        return False
    Refund.objects.filter(pk=refund.pk, state=State.ASKED).update(state=State.SENT)
    try:
        reference = method.refund(refund)
    except RefundRefused as refusal:
        fail_refund(refund, str(refusal))
        return False
    except Exception as error:  # the network, the provider: it is tried again
        logger.exception("refund %s was not sent", refund.key)
        Refund.objects.filter(pk=refund.pk).update(error=f"{type(error).__name__}: {error}"[:500])
        return False
    finish_refund(refund, reference)
    return True


def finish_refund(refund: Refund, reference: str = "", *, by: Any = None) -> Refund:
    """The money has gone back: by the provider's word, or staff's. Twice is once."""
    with transaction.atomic():
        payment = locked_payment(refund.payment.order_id)
        row = Refund.objects.select_for_update().get(pk=refund.pk)
        if row.state == State.DONE:
            return row
        row.state = State.DONE
        row.reference = reference[:255]
        row.error = ""
        row.done_at = timezone.now()
        row.save()
        payment.refunded += row.amount
        whole = payment.refunded >= payment.received
        # One that waits for the rest goes on waiting.
        if payment.state not in (Payment.State.RELEASED, Payment.State.DEPOSITED):
            payment.state = Payment.State.REFUNDED if whole else Payment.State.PARTLY_REFUNDED
        payment.save()
        enter_refund(payment.order, row.amount, reference or row.key, payment.method)
        record(payment, Kind.REFUND_DONE, row.reason, amount=row.amount, by=by)
        enter_settlement(row)
        write_refunded_letters(payment.order, row)
        return row


def fail_refund(refund: Refund, words: str, *, by: Any = None) -> Refund:
    """The provider will never send it: the promise is taken back, staff find another way."""
    with transaction.atomic():
        payment = locked_payment(refund.payment.order_id)
        row = Refund.objects.select_for_update().get(pk=refund.pk)
        if row.state not in Refund.WAITING:
            return row
        row.state = State.FAILED
        row.error = words[:500]
        row.save()
        record(payment, Kind.REFUND_FAILED, words, amount=row.amount, by=by)
        return row

"""Money comes in: found its order, applied once, or put in the queue with the reason."""

import logging
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from structlog.contextvars import bound_contextvars

from catalogue.money import format_dong
from shop.order.letters import write_deposit_letters, write_paid_letters, write_rest_letter
from shop.order.models import Order
from shop.payment.ledger import enter_debit
from shop.payment.models import MoneyReceived, Payment, ProviderMessage
from shop.payment.notes import numbers_in
from shop.payment.trail import Kind, record

logger = logging.getLogger(__name__)
Reason = MoneyReceived.Reason
State = MoneyReceived.State


@dataclass(frozen=True)
class Incoming:
    """One sum that reached the shop, as a provider, a statement or a person tells it.

    `amount` is whole đồng. `reference` is the provider's own name for it: told again, it is the
    same sum. `order_number` where the teller knows it; otherwise it is looked for in `note`.
    `methods` are the ways of paying that may be settled by it; empty for any.
    """

    provider: str
    reference: str
    amount: Decimal
    booked_at: datetime
    note: str = ""
    currency: str = "VND"
    account_number: str = ""
    order_number: str = ""
    methods: tuple[str, ...] = ()


def receive(
    incoming: Incoming, *, message: ProviderMessage | None = None, by: Any = None
) -> MoneyReceived:
    """Write down a sum and apply it, once. The same one again gives the same row.

    Applied only when it names one order that still waits for money, by a way of paying that this
    money may come by, and is exactly what is due, in đồng: the deposit where there is one, then
    the rest, or both at once. Everything else goes to the queue with its reason; a cancelled order
    is never revived.
    """
    try:
        with transaction.atomic():
            return known(incoming) or _receive(incoming, message, by)
    except IntegrityError:
        # Told twice at the same moment: the other one wrote it.
        if (row := known(incoming)) is not None:
            return row
        raise


def known(incoming: Incoming) -> MoneyReceived | None:
    """The row of this very sum, when it was told before."""
    return MoneyReceived.objects.filter(
        provider=incoming.provider, reference=incoming.reference
    ).first()


def _receive(incoming: Incoming, message: ProviderMessage | None, by: Any) -> MoneyReceived:
    payment, reason = _payment_for(incoming)
    if payment is not None:
        # Under the lock it may have been told by somebody else.
        if (row := known(incoming)) is not None:
            return row
        reason = reason or why_not(payment, incoming)
    money = MoneyReceived.objects.create(
        provider=incoming.provider,
        reference=incoming.reference,
        amount=incoming.amount,
        currency=incoming.currency,
        note=incoming.note[:500],
        account_number=incoming.account_number[:40],
        booked_at=incoming.booked_at,
        message=message,
        payment=payment,
        state=State.QUEUED if reason else State.APPLIED,
        reason=reason or "",
    )
    if payment is not None and not reason:
        settle(payment, [money], by=by)
    elif payment is not None:
        record(payment, Kind.QUEUED, str(money.get_reason_display()), amount=money.amount, by=by)
    if reason:
        with bound_contextvars(order=payment.order.number if payment is not None else ""):
            logger.warning("money %s waits in the queue: %s", money, reason)
    return money


def _payment_for(incoming: Incoming) -> tuple[Payment | None, Reason | None]:
    """The payment that the sum names, locked, or why none could be found."""
    numbers = [incoming.order_number] if incoming.order_number else numbers_in(incoming.note)
    if not numbers:
        return None, Reason.NO_CODE
    keys = list(
        Payment.objects.filter(order__number__in=numbers).values_list("order_id", flat=True)
    )
    if not keys:
        return None, Reason.UNKNOWN_CODE
    if len(keys) > 1:
        return None, Reason.SEVERAL_CODES
    return locked_payment(keys[0]), None


def locked_payment(order_pk: int) -> Payment:
    """The payment of an order, both held until the transaction ends. Raises DoesNotExist."""
    order = Order.objects.select_for_update().get(pk=order_pk)
    payment = Payment.objects.select_for_update().get(order_id=order_pk)
    payment.order = order
    return payment


def why_not(payment: Payment, incoming: Incoming) -> Reason | None:
    """Why this sum does not settle the payment as it stands; None when it does."""
    if incoming.currency != "VND":
        return Reason.CURRENCY
    if payment.state == Payment.State.RELEASED:
        return Reason.LATE
    if payment.state in Payment.SETTLED:
        return Reason.DUPLICATE
    if incoming.methods and payment.method not in incoming.methods:
        return Reason.METHOD
    if incoming.amount in (payment.due, payment.outstanding):
        return None
    return Reason.UNDER if incoming.amount < payment.due else Reason.OVER


def settle(
    payment: Payment, money: list[MoneyReceived], *, by: Any = None, words: str = ""
) -> None:
    """Enter these sums and confirm the order. The payment is locked and open; sums are checked.

    After a deposit, the first sum, the order stands and the rest is awaited. A first sum that was
    taken though it was less leaves the more to be paid with the rest; any other closes it.
    """
    order = payment.order
    for row in money:
        payment.received += row.amount
        enter_debit(order, row.amount, row.reference, row.provider)
        record(
            payment,
            Kind.RECEIVED,
            words or f"{row.provider} · {row.reference}",
            amount=row.amount,
            by=by,
        )
    was_held = payment.state == Payment.State.HELD
    is_deposit = payment.part == Payment.Part.DEPOSIT and payment.received < payment.amount
    payment.held_until = None
    if is_deposit:
        payment.state = Payment.State.DEPOSITED
        payment.claimed_at = None
    else:
        # Part of a deposit may have gone back before the rest came.
        is_whole = not payment.refunded
        payment.state = Payment.State.PAID if is_whole else Payment.State.PARTLY_REFUNDED
    payment.save()
    if not is_deposit:
        order.paid_at = timezone.now()
        order.save(update_fields=["paid_at"])
    if was_held:
        order.set_status("placed")
    if is_deposit:
        write_deposit_letters(order)
    elif was_held:
        write_paid_letters(order)
    elif payment.part == Payment.Part.REST:
        write_rest_letter(order)


def mark_received(payment: Payment, *, by: Any, note: str = "", part: str = "") -> MoneyReceived:
    """Staff saw the money on the account: exactly what is due, once for each part of a payment.

    `part` is the one that was shown to them (`Payment.Part`): said again after the deposit came,
    it does not mark the rest. Raises NotExpected when nothing is due.
    """
    with transaction.atomic():
        locked = locked_payment(payment.order_id)
        if part and part != locked.part:
            raise NotExpected(_("Phần này đã ghi nhận rồi: hãy xem lại số tiền còn chờ."))
        if (done := known(_by_hand(locked, note))) is not None:
            return done
        if not locked.due:
            raise NotExpected(_("Đơn này không còn chờ tiền."))
        return receive(_by_hand(locked, note), by=by)


def _by_hand(payment: Payment, note: str) -> Incoming:
    return Incoming(
        provider="manual",
        reference=_name_by_hand(payment),
        amount=payment.due,
        booked_at=timezone.now(),
        note=note,
        order_number=payment.order.number,
    )


def _name_by_hand(payment: Payment) -> str:
    number = str(payment.order.number)
    return f"{number}/2" if payment.part == Payment.Part.REST else number


class NotExpected(Exception):
    """No money is expected for this order. The message is for the person who asked."""


@transaction.atomic
def claim(payment: Payment) -> Payment:
    """The buyer says that the transfer is on its way. Changes nothing but what staff see."""
    locked = locked_payment(payment.order_id)
    if locked.claimed_at is None and locked.is_open:
        locked.claimed_at = timezone.now()
        locked.save(update_fields=["claimed_at"])
        record(
            locked,
            Kind.CLAIMED,
            _("Người mua báo đã chuyển %(sum)s.") % {"sum": format_dong(locked.due)},
            amount=locked.due,
        )
    return locked

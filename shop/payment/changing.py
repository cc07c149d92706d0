"""Paying another way: an order that still waits for money keeps its goods and its number."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.order.letters import write_confirmed_letters
from shop.order.models import Order
from shop.payment.ledger import move_source
from shop.payment.methods.base import (
    NOTHING,
    PENDING_PAYMENT,
    PLACED,
    PaymentContext,
    PaymentMethod,
)
from shop.payment.models import Payment
from shop.payment.opening import deadline_of
from shop.payment.receiving import locked_payment
from shop.payment.registry import available, method_of
from shop.payment.trail import Kind, record
from shop.shipping.rules import DeliveryRules


class CannotChange(Exception):
    """This order cannot be paid this way. The message is for the person who asked."""


def context_of(order: Order) -> PaymentContext:
    """What a method asks to know, of an order that is written already."""
    address = order.shipping_address
    rules = DeliveryRules.objects.in_force(timezone.localdate())
    return PaymentContext(
        total=order.total_incl_tax,
        has_alcohol=any(line.is_alcohol for line in order.lines.all()),
        phone=str(address.phone_number or "") if address else "",
        province_code=address.province_code if address else "",
        shipping_code=order.shipping_code,
        is_gift=order.recipients.exists(),
        user=order.user,
        cod_fee=rules.cod_fee_for(len(order.parcels.all())),
    )


def other_ways(order: Order) -> list[PaymentMethod]:
    """The other methods that this waiting order may be paid by; none for any other order.

    One with a fee is not among them: the total was agreed on. Nor, for an order with a deposit,
    one that takes none.
    """
    if order.status != PENDING_PAYMENT:
        return []
    in_two_sums = bool(order.payment.deposit)
    return [
        choice.method
        for choice in available(context_of(order))
        if choice.is_open
        and (choice.method.takes_deposits or not in_two_sums)
        and choice.surcharge == NOTHING
        and choice.method.code != order.payment_method
    ]


def change_method(order: Order, code: str, *, by: Any = None) -> Order:
    """Have a waiting order paid by the method `code`; the one it has already changes nothing.

    The old method is told first to take no more money. Raises CannotChange when the order does
    not wait any more (it may just have been paid) or may not be paid that way.
    """
    if order.payment_method == code:
        return order
    method = next((each for each in other_ways(order) if each.code == code), None)
    if method is None:
        raise CannotChange(_("Đơn này không trả bằng cách đó được."))
    old = method_of(order.payment_method)
    if old is not None:
        try:
            old.before_release(order.payment)
        except Exception as error:
            raise CannotChange(_("Chưa đổi được, xin thử lại sau ít phút.")) from error
    with transaction.atomic():
        payment = locked_payment(order.pk)
        order = payment.order
        if payment.state != Payment.State.HELD:
            raise CannotChange(_("Đơn này không còn chờ tiền."))
        order.payment_method = payment.method = code
        # A deposit's goods wait as long as was agreed on.
        payment.held_until = payment.held_until if payment.deposit else deadline_of(method)
        payment.reference, payment.memory, payment.claimed_at = "", {}, None
        payment.state = Payment.State.DUE if payment.held_until is None else Payment.State.HELD
        payment.save()
        order.save(update_fields=["payment_method"])
        move_source(order, code, str(method.label))
        record(payment, Kind.CHANGED, str(method.label), by=by)
        method.start(order)
        status = method.status_for(context_of(order))
        if status != order.status:
            order.set_status(status)
        if status == PLACED:
            write_confirmed_letters(order)
    return order

"""Opening a payment: the first row of every order's money, in the transaction that places it."""

from datetime import datetime, timedelta

from django.utils import timezone

from shop.order.models import Order
from shop.payment.ledger import open_source
from shop.payment.methods.base import PaymentMethod
from shop.payment.models import Payment


def open_payment(order: Order, method: PaymentMethod) -> Payment:
    """Write what `order` owes by `method`. Called by placing, before `PaymentMethod.start`."""
    open_source(order, method.code, str(method.label), order.status)
    held_until = deadline_of(method)
    return Payment.objects.create(
        order=order,
        method=method.code,
        state=Payment.State.DUE if held_until is None else Payment.State.HELD,
        amount=order.total_incl_tax,
        held_until=held_until,
    )


def deadline_of(method: PaymentMethod) -> datetime | None:
    """Until when goods wait for money paid by `method`; None when they do not wait."""
    if method.hold_minutes is None:
        return None
    return timezone.now() + timedelta(minutes=method.hold_minutes)

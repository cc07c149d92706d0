"""Opening a payment: the first row of every order's money, in the transaction that places it."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from shop.order.models import Order
from shop.payment.ledger import open_source
from shop.payment.methods.base import NOTHING, PaymentMethod
from shop.payment.models import Payment


def open_payment(
    order: Order,
    method: PaymentMethod,
    *,
    deposit: Decimal = NOTHING,
    rest_due_on: date | None = None,
    held_until: datetime | None = None,
) -> Payment:
    """Write what `order` owes by `method`. Called by placing, before `PaymentMethod.start`.

    With a `deposit` (đồng) that much is due first, the rest later. Goods wait until `held_until`
    where that was agreed on, else as long as the method lets them. Raises ValueError for a deposit
    with a method that takes none.
    """
    if deposit and not method.takes_deposits:
        raise ValueError(f"{method.code} takes no deposits")
    open_source(order, method.code, str(method.label), order.status)
    until = deadline_of(method)
    if until is not None and held_until is not None:
        until = held_until
    return Payment.objects.create(
        order=order,
        method=method.code,
        state=Payment.State.DUE if until is None else Payment.State.HELD,
        amount=order.total_incl_tax,
        deposit=deposit,
        rest_due_on=rest_due_on if deposit else None,
        held_until=until,
    )


def deadline_of(method: PaymentMethod) -> datetime | None:
    """Until when goods wait for money paid by `method`; None when they do not wait."""
    if method.hold_minutes is None:
        return None
    return timezone.now() + timedelta(minutes=method.hold_minutes)

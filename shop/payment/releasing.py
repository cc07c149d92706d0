"""Letting go: orders whose money did not come in time give back stock and vouchers."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from structlog.contextvars import bind_contextvars, unbind_contextvars

from shop.order.models import Order
from shop.payment.models import Payment
from shop.payment.receiving import NotExpected, locked_payment
from shop.payment.registry import method_of
from shop.payment.trail import Kind, record

logger = logging.getLogger(__name__)
BATCH = 200


def release_overdue(most: int = BATCH) -> int:
    """Cancel the orders whose deadline is over; how many. One that fails does not stop others."""
    keys = list(
        Payment.objects.overdue().order_by("held_until").values_list("pk", flat=True)[:most]
    )
    return sum(_release(key) for key in keys)


def _release(key: int) -> bool:
    from shop.order.cancelling import cancel_order

    try:
        payment = Payment.objects.select_related("order").get(pk=key)
        bind_contextvars(order=payment.order.number)
        method = method_of(payment.method)
        if method is not None:
            method.before_release(payment)
        with transaction.atomic():
            locked = locked_payment(payment.order_id)
            # Money may have come, or more time been given, since it was looked at.
            if locked.state != Payment.State.HELD or not _is_over(locked):
                return False
            cancel_order(locked.order, reason=_("Quá hạn trả tiền."), forced=True)
        return True
    except Exception:  # a provider that does not answer: this order waits for the next round
        logger.exception("payment %s was not released", key)
        return False
    finally:
        unbind_contextvars("order")


def _is_over(payment: Payment) -> bool:
    return payment.held_until is not None and payment.held_until <= timezone.now()


def release_payment(order: Order, *, by: Any = None, words: str = "") -> None:
    """No more money is expected for `order`, which is being cancelled under a lock.

    Money that was received is promised back.
    """
    from shop.payment.refunding import refund_what_is_left

    payment = Payment.objects.select_for_update().filter(order=order).first()
    if payment is None:
        return
    if payment.state in Payment.OPEN:
        payment.state = Payment.State.RELEASED
        payment.held_until = None
        payment.save()
        record(payment, Kind.RELEASED, words, by=by)
    refund_what_is_left(payment, reason=words or _("Đơn đã hủy."), by=by)


def extend_hold(payment: Payment, minutes: int, *, by: Any) -> Payment:
    """Give the buyer more time, from now. Raises NotExpected when no money is awaited."""
    with transaction.atomic():
        locked = locked_payment(payment.order_id)
        if locked.state != Payment.State.HELD:
            raise NotExpected(_("Đơn này không còn chờ tiền."))
        until: datetime = timezone.now() + timedelta(minutes=minutes)
        locked.held_until = until
        locked.save(update_fields=["held_until"])
        record(locked, Kind.EXTENDED, f"{timezone.localtime(until):%d/%m/%Y %H:%M}", by=by)
        return locked

"""Orders that wait for a call: staff confirm or cancel, once."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shop.order.cancelling import CANCELLED, CannotCancel, cancel_order
from shop.order.letters import write_confirmed_letters
from shop.order.models import Order
from shop.payment.methods.cod.method import TO_CONFIRM
from shop.payment.receiving import locked_payment
from shop.payment.trail import Kind, record


class NotWaiting(Exception):
    """The order does not wait for a call any more. The message is for the person who asked."""


def orders_to_confirm() -> QuerySet[Order]:
    """Oldest first, with what is needed to call: name, number, sum."""
    return (
        Order.objects.filter(status=TO_CONFIRM)
        .select_related("shipping_address", "user")
        .order_by("date_placed", "pk")
    )


@transaction.atomic
def confirm_order(order: Order, *, by: Any) -> Order:
    """The buyer said yes: the producers learn of it. A second time changes nothing.

    Raises NotWaiting for an order that was cancelled meanwhile.
    """
    payment = locked_payment(order.pk)
    locked = payment.order
    if locked.status == TO_CONFIRM:
        locked.set_status("placed")
        record(payment, Kind.NOTE, _("Đã gọi xác nhận với người mua."), by=by)
        write_confirmed_letters(locked)
    elif locked.status == CANCELLED:
        raise NotWaiting(_("Đơn này đã hủy."))
    return locked


@transaction.atomic
def decline_order(order: Order, *, by: Any, reason: str = "") -> Order:
    """The buyer said no, or did not answer: everything goes back. A second time changes nothing.

    Raises NotWaiting once the order was confirmed.
    """
    locked = Order.objects.select_for_update().get(pk=order.pk)
    if locked.status not in (TO_CONFIRM, CANCELLED):
        raise NotWaiting(_("Đơn này đã được xác nhận, không còn chờ gọi."))
    try:
        return cancel_order(
            locked, by=by, forced=True, reason=reason or _("Không xác nhận được với người mua.")
        )
    except CannotCancel as refusal:
        raise NotWaiting(str(refusal)) from refusal

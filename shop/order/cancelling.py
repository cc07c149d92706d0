"""Cancelling: the order falls, and all that it held goes back, once."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from oscar.apps.order.exceptions import InvalidOrderStatus
from oscar.core.loading import get_model

from shop.order.letters import write_cancelled_letters
from shop.order.models import AddressChange, Order, Parcel
from shop.payment.releasing import release_payment

CANCELLED = "cancelled"
#: Order statuses from which nobody turns back by cancelling.
TOO_LATE = frozenset({"shipped", "completed", "returned"})


class CannotCancel(InvalidOrderStatus):
    """The order has gone too far. The message is for the person who asked."""


def may_cancel(order: Order) -> bool:
    """Nothing is packed yet, and no deposit is paid: work for it has begun, staff decide then.

    Reads the parcels, prefetched or not.
    """
    if order.status in {CANCELLED, *TOO_LATE} or has_deposit(order):
        return False
    return all(parcel.status == Parcel.Status.NEW for parcel in order.parcels.all())


def has_deposit(order: Order) -> bool:
    """A deposit was received for it and the rest is still to come."""
    payment = getattr(order, "payment", None)
    return payment is not None and payment.state == payment.State.DEPOSITED


@transaction.atomic
def cancel_order(order: Order, *, reason: str = "", by: Any = None, forced: bool = False) -> Order:
    """Cancel and release stock, voucher and offer uses; a second time changes nothing.

    An address that was asked for falls with it.

    Raises CannotCancel once a parcel is being packed (`forced`, for staff: once one has left).
    Money already received is promised back (`shop.payment.refunding`).
    """
    from shop.order.processing import EventHandler

    locked = Order.objects.select_for_update().get(pk=order.pk)
    if locked.status == CANCELLED:
        return locked
    gone = {Parcel.Status.SHIPPED, Parcel.Status.DELIVERED, Parcel.Status.RETURNED}
    states = set(locked.parcels.values_list("status", flat=True))
    if locked.status in TOO_LATE or states & gone or (not forced and not may_cancel(locked)):
        raise CannotCancel(
            _("Đơn đang được đóng gói nên không tự hủy được. Hãy hỏi cửa hàng ở trang đơn.")
        )
    handler = EventHandler(by)
    _release_promotions(locked)
    handler.cancel_stock_allocations(locked)
    locked.parcels.update(status=Parcel.Status.CANCELLED)
    locked.lines.update(status=CANCELLED)
    locked.set_status(CANCELLED)
    asked = locked.address_changes.filter(state=AddressChange.State.ASKED)
    asked.update(state=AddressChange.State.DECLINED, decided_by=by, decided_at=timezone.now())
    if reason:
        handler.create_note(locked, reason)
    release_payment(locked, by=by, words=reason)
    write_cancelled_letters(locked)
    return locked


def _release_promotions(order: Order) -> None:
    """A voucher used for an order that fell may be used again; caps count it no more."""
    VoucherApplication = get_model("voucher", "VoucherApplication")
    Voucher = get_model("voucher", "Voucher")
    ConditionalOffer = get_model("offer", "ConditionalOffer")
    uses = VoucherApplication.objects.filter(order=order)
    vouchers = list(uses.order_by("voucher_id").values_list("voucher_id", flat=True))
    list(Voucher.objects.select_for_update().filter(pk__in=vouchers).order_by("pk"))
    Voucher.objects.filter(pk__in=vouchers, num_orders__gt=0).update(num_orders=F("num_orders") - 1)
    uses.delete()
    for discount in order.discounts.order_by("offer_id"):
        ConditionalOffer.objects.filter(
            pk=discount.offer_id, num_orders__gt=0, num_applications__gte=discount.frequency or 0
        ).update(
            num_applications=F("num_applications") - (discount.frequency or 0),
            num_orders=F("num_orders") - 1,
            total_discount=F("total_discount") - discount.amount,
            # A cap that was reached is open again.
            status=ConditionalOffer.OPEN,
        )
        if discount.voucher_id:
            Voucher.objects.filter(pk=discount.voucher_id).update(
                total_discount=F("total_discount") - discount.amount
            )

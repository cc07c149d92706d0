"""What happens to a parcel, each step a function of its own: packed, handed over, delivered.

Every step locks the order, does nothing when it was done before, and refuses what cannot follow.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.order.letters import write_delivered_letter, write_sent_letter
from shop.order.lots import freeze_lots
from shop.order.models import Order, Parcel
from shop.order.steps import StepNotPossible
from shop.payment.cash import receive_cash
from shop.payment.models import Payment
from shop.settlements.entering import enter_delivery

Status = Parcel.Status


def start_packing(parcel: Parcel) -> Parcel:
    """The producer begins to pack: the buyer can no longer cancel, each line has its lot."""
    return _step(parcel, {Status.NEW}, Status.PACKING, freeze_lots)


def hand_over(parcel: Parcel, carrier: str, tracking_number: str = "") -> Parcel:
    """The parcel left the house with `carrier`. Its goods leave the stock.

    Raises StepNotPossible while the rest after a deposit is unpaid, unless staff let it wait.
    """

    def goods_leave(locked: Parcel) -> None:
        payment = Payment.objects.filter(order=locked.order_id).first()
        if payment is not None and payment.keeps_goods_back:
            raise StepNotPossible(_("Người mua mới trả tiền cọc: gửi hàng khi họ trả đủ."))
        locked.carrier = carrier
        locked.tracking_number = tracking_number
        locked.shipped_at = timezone.now()
        freeze_lots(locked)
        # In stock-record order, as placing locks them: two orders never wait for each other.
        for line in locked.lines.select_related("stockrecord__product").order_by("stockrecord_id"):
            if line.num_allocated:
                line.consume_allocation(line.num_allocated)
        write_sent_letter(locked)

    return _step(parcel, {Status.NEW, Status.PACKING}, Status.SHIPPED, goods_leave)


def mark_delivered(parcel: Parcel) -> Parcel:
    """The buyer has it, and has paid what was to be paid at the door."""

    def remember(locked: Parcel) -> None:
        locked.delivered_at = timezone.now()
        write_delivered_letter(locked)

    with transaction.atomic():
        delivered = _step(parcel, {Status.SHIPPED}, Status.DELIVERED, remember)
        # Told again, a step does nothing: what was entered stays as it was.
        enter_delivery(delivered, receive_cash(delivered))
        return delivered


@transaction.atomic
def _step(
    parcel: Parcel,
    sources: set[Status],
    target: Status,
    effect: Callable[[Parcel], None] | None = None,
) -> Parcel:
    order = Order.objects.select_for_update().get(pk=parcel.order_id)
    locked = Parcel.objects.select_for_update().get(pk=parcel.pk)
    if locked.status == target:
        return locked
    if order.status == "pending-payment":
        raise StepNotPossible(_("Đơn này chưa được trả tiền."))
    if order.status == "to-confirm":
        raise StepNotPossible(_("Đơn này đang chờ gọi xác nhận với người mua."))
    if locked.status not in sources:
        raise StepNotPossible(
            _("Kiện đang ở bước “%(status)s”, không làm bước này được.")
            % {"status": locked.get_status_display()}
        )
    locked.status = target
    if effect:
        effect(locked)
    locked.save()
    locked.lines.update(status=target)
    follow_parcels(order)
    return locked


#: The order's short answer, from the states of its parcels: the first row that holds.
_ORDER_STATUS = (
    ("returned", {Status.RETURNED}),
    ("completed", {Status.DELIVERED, Status.RETURNED}),
    ("shipped", {Status.SHIPPED, Status.DELIVERED, Status.RETURNED}),
    ("placed", {Status.NEW}),
)


def follow_parcels(order: Order) -> None:
    """Set the order's status to what its parcels say."""
    states = set(order.parcels.exclude(status=Status.CANCELLED).values_list("status", flat=True))
    status = next((name for name, allowed in _ORDER_STATUS if states <= allowed), "packing")
    if order.status != status:
        order.set_status(status)

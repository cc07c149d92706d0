"""Calling a carrier to fetch a parcel: promised under the lock, asked outside of it, kept after."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.carriers.base import Carrier, CarrierFailed, Made
from shop.carriers.models import Shipment
from shop.carriers.registry import carrier_of
from shop.order.lots import NOT_GONE
from shop.order.models import Order, Parcel, ParcelEvent
from shop.order.steps import StepNotPossible
from shop.payment.models import Payment

State = Shipment.State
#: So long nobody else asks: the first call may still be answered.
CLAIM = timedelta(minutes=1)
#: Orders of which parcels may leave.
OPEN = ("placed", "packing", "shipped")


def call_carrier(parcel: Parcel, carrier: Carrier, *, by: Any = None) -> Shipment:
    """Have `carrier` fetch `parcel`, once however often that is asked.

    Raises StepNotPossible when the parcel cannot leave or is being called for right now,
    CarrierFailed when the carrier says no or nothing.
    """
    shipment, is_again = _claim(parcel.pk, parcel.order_id, carrier, by)
    if shipment.state == State.CREATED:
        return shipment
    try:
        made = carrier.create(shipment, is_again=is_again)
    except CarrierFailed:
        Shipment.objects.filter(pk=shipment.pk).update(claimed_at=None)
        raise
    return _keep(shipment, made)


@transaction.atomic
def _claim(parcel_pk: int, order_pk: int, carrier: Carrier, by: Any) -> tuple[Shipment, bool]:
    """The shipment to ask for, and whether it may have been asked for before."""
    order = Order.objects.select_for_update().get(pk=order_pk)
    parcel = Parcel.objects.select_for_update().get(pk=parcel_pk)
    found = _active(parcel)
    if found is not None and found.carrier == carrier.code and found.state == State.CREATED:
        return found, True
    _refuse(order, parcel, carrier, found)
    now = timezone.now()
    is_again = found is not None and found.was_asked
    if found is None:
        number = parcel.shipments.count() + 1
        found = Shipment(
            parcel=parcel,
            carrier=carrier.code,
            reference=f"{order.number}-{parcel.position}-{number}",
        )
    found.claimed_at, found.asked_by, found.was_asked = now, by, True
    found.save()
    return found, is_again


def _refuse(order: Order, parcel: Parcel, carrier: Carrier, found: Shipment | None) -> None:
    if order.status not in OPEN or parcel.status not in NOT_GONE:
        raise StepNotPossible(_("Kiện này không còn chờ gửi."))
    payment = Payment.objects.filter(order=order).first()
    if payment is not None and payment.keeps_goods_back:
        raise StepNotPossible(_("Người mua mới trả tiền cọc: gửi hàng khi họ trả đủ."))
    if "pickup" in parcel.charge_breakdown:
        raise StepNotPossible(_("Người mua tự đến lấy kiện này."))
    if found is not None and found.carrier != carrier.code:
        raise StepNotPossible(_("Kiện này đã gọi bên khác. Hãy hủy lần gọi ấy trước."))
    if found is not None and found.claimed_at and timezone.now() - found.claimed_at < CLAIM:
        raise StepNotPossible(_("Đang gọi cho kiện này, xin chờ một phút."))
    if refusal := carrier.refusal(parcel):
        raise StepNotPossible(refusal)


@transaction.atomic
def _keep(shipment: Shipment, made: Made) -> Shipment:
    Order.objects.select_for_update().get(pk=shipment.parcel.order_id)
    locked = Shipment.objects.select_for_update().get(pk=shipment.pk)
    if locked.state != State.CREATED:
        locked.state = State.CREATED
        locked.tracking_number = made.tracking_number
        locked.fee, locked.expected_on = made.fee, made.expected_on
        locked.claimed_at = None
        locked.save()
        ParcelEvent.objects.get_or_create(
            parcel=locked.parcel,
            key=f"{locked.carrier}:{locked.tracking_number}:called",
            defaults={"status": ParcelEvent.Status.CREATED, "source": locked.carrier},
        )
    return locked


def tell_place(parcel: Parcel, carrier: Carrier, side: str, place: dict[str, Any]) -> None:
    """Note for this parcel alone how the carrier names a place; the next call uses it.

    `side` is `to` or `from`. Raises StepNotPossible once the carrier was called.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=parcel.order_id)
        locked = Parcel.objects.select_for_update().get(pk=parcel.pk)
        shipment = _active(locked) or Shipment(
            parcel=locked,
            carrier=carrier.code,
            reference=f"{order.number}-{locked.position}-{locked.shipments.count() + 1}",
        )
        if shipment.state == State.CREATED or shipment.carrier != carrier.code:
            raise StepNotPossible(_("Kiện này đã gọi rồi."))
        shipment.places[side] = place
        shipment.save()


def cancel_call(parcel: Parcel) -> None:
    """The carrier need not come. Harmless when nobody was called.

    Raises StepNotPossible once the parcel is gone, CarrierFailed when the carrier says no.
    """
    shipment = _active(parcel)
    if shipment is None:
        return
    if Parcel.objects.get(pk=parcel.pk).status not in NOT_GONE:
        raise StepNotPossible(_("Kiện đã đi, không hủy được nữa."))
    carrier = carrier_of(shipment.carrier)
    if shipment.tracking_number:
        if carrier is None:
            raise StepNotPossible(_("Bên vận chuyển này đã tắt."))
        carrier.cancel(shipment)
    elif shipment.was_asked:
        raise StepNotPossible(_("Chưa biết lần gọi trước có thành không: hãy gọi lại, rồi hủy."))
    mark_cancelled(shipment)


@transaction.atomic
def mark_cancelled(shipment: Shipment) -> None:
    """The carrier will not come: another may be called. A second time changes nothing."""
    Order.objects.select_for_update().get(pk=shipment.parcel.order_id)
    locked = Shipment.objects.select_for_update().get(pk=shipment.pk)
    if locked.state == State.CANCELLED:
        return
    locked.state = State.CANCELLED
    locked.save(update_fields=["state"])
    ParcelEvent.objects.get_or_create(
        parcel=locked.parcel,
        key=f"{locked.carrier}:{locked.reference}:cancelled",
        defaults={"status": ParcelEvent.Status.CANCELLED, "source": locked.carrier},
    )


def _active(parcel: Parcel) -> Shipment | None:
    return (
        Shipment.objects.filter(parcel=parcel)
        .exclude(state=State.CANCELLED)
        .select_related("parcel__order", "parcel__producer__ward__province")
        .first()
    )

"""Part-shipment: some lines of a parcel go today, the others in a parcel of their own later."""

from collections.abc import Collection
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from shop.order.fulfilment import follow_parcels
from shop.order.models import Order, Parcel
from shop.order.steps import StepNotPossible

#: A parcel is divided until it leaves the house.
DIVISIBLE = (Parcel.Status.NEW, Parcel.Status.PACKING)


@transaction.atomic
def split_off(parcel: Parcel, lines: Collection[int]) -> Parcel:
    """Put these lines, by their keys, into a parcel that follows; the buyer pays no second fee.

    Raises StepNotPossible when nothing would stay or nothing would go, or the parcel has left.
    """
    order = Order.objects.select_for_update().get(pk=parcel.order_id)
    locked = Parcel.objects.select_for_update().get(pk=parcel.pk)
    if locked.status not in DIVISIBLE:
        raise StepNotPossible(_("Kiện đã gửi thì không tách được nữa."))
    own = set(locked.lines.values_list("pk", flat=True))
    going = own & set(lines)
    if not going or going == own:
        raise StepNotPossible(_("Hãy chọn món gửi sau, và để lại ít nhất một món gửi trước."))
    last = order.parcels.aggregate(last=Max("position"))["last"] or 0
    later = Parcel.objects.create(
        order=order,
        producer=locked.producer,
        recipient_id=locked.recipient_id,
        position=last + 1,
        method_code=locked.method_code,
        method_name=locked.method_name,
        weight_grams=0,
        charge=Decimal(0),
        # Fetched or kept cold is what the first was; when it comes is not known yet.
        charge_breakdown={
            name: value
            for name, value in locked.charge_breakdown.items()
            if name in ("pickup", "fair")
        },
        is_chilled=locked.is_chilled,
    )
    locked.lines.filter(pk__in=going).update(parcel=later, status=later.status)
    follow_parcels(order)
    return later

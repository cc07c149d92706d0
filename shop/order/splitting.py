"""Part-shipment: some lines of a parcel go today, the others in a parcel of their own later."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from shop.order.fulfilment import follow_parcels
from shop.order.models import Line, Order, Parcel
from shop.order.steps import StepNotPossible
from shop.shipping.parcels import ParcelPlan
from shop.shipping.pieces import chargeable_grams, shares
from shop.shipping.terms import terms_at

#: A parcel is divided until it leaves the house.
DIVISIBLE = (Parcel.Status.NEW, Parcel.Status.PACKING)


@transaction.atomic
def split_off(parcel: Parcel, lines: Collection[int]) -> Parcel:
    """Put these lines, by their keys, into a parcel that follows; the buyer pays no second fee.

    Each counts as heavy as its lines; the later one is promised anew, from today.

    Raises StepNotPossible when nothing would stay or nothing would go, or the parcel has left.
    """
    order = Order.objects.select_for_update().get(pk=parcel.order_id)
    locked = Parcel.objects.select_for_update().get(pk=parcel.pk)
    if locked.status not in DIVISIBLE:
        raise StepNotPossible(_("Kiện đã gửi thì không tách được nữa."))
    rows = list(locked.lines.select_related("product__parent", "box__product").order_by("pk"))
    own = {line.pk for line in rows}
    going = own & set(lines)
    if not going or going == own:
        raise StepNotPossible(_("Hãy chọn món gửi sau, và để lại ít nhất một món gửi trước."))
    weights = _weights(locked, rows)
    gone = sum(weights[key] for key in going)
    last = order.parcels.aggregate(last=Max("position"))["last"] or 0
    later = Parcel.objects.create(
        order=order,
        producer=locked.producer,
        recipient_id=locked.recipient_id,
        position=last + 1,
        method_code=locked.method_code,
        method_name=locked.method_name,
        weight_grams=gone,
        charge=Decimal(0),
        # Fetched or kept cold is what the first was.
        charge_breakdown={
            name: value
            for name, value in locked.charge_breakdown.items()
            if name in ("pickup", "fair")
        },
        is_chilled=locked.is_chilled,
        **_promised(locked),
    )
    locked.weight_grams = sum(weights.values()) - gone
    locked.save(update_fields=["weight_grams"])
    locked.lines.filter(pk__in=going).update(parcel=later, status=later.status)
    follow_parcels(order)
    return later


def _weights(parcel: Parcel, lines: list[Line]) -> dict[int, int]:
    """Grams of each line, by its key: its part of what the parcel was charged for.

    A parcel that nobody weighed counts by its products.
    """
    own = [_grams(line) for line in lines]
    if parcel.weight_grams:
        own = [int(part) for part in shares(Decimal(parcel.weight_grams), own)]
    return {line.pk: grams for line, grams in zip(lines, own, strict=True)}


def _grams(line: Line) -> int:
    if line.is_wrapping:
        return 0  # it travels with what it holds
    if line.product is None:
        return int(settings.DEFAULT_PARCEL_GRAMS) * line.quantity
    return chargeable_grams(line.product) * line.quantity


def _promised(parcel: Parcel) -> dict[str, date]:
    """When goods that begin to be prepared today arrive; the wished day where that is kept.

    Nothing for those who were promised nothing, nor for what is fetched: the day is agreed on.
    """
    if parcel.promised_to is None or {"pickup", "fair"} & set(parcel.charge_breakdown):
        return {}
    plan = ParcelPlan(parcel.producer, is_chilled=parcel.is_chilled)
    span = terms_at().promise(plan, parcel.address.province_code)
    wished = parcel.recipient.deliver_on if parcel.recipient is not None else None
    if wished is not None and span.latest <= wished:
        return {"promised_from": wished, "promised_to": wished}
    return {"promised_from": span.earliest, "promised_to": span.latest}

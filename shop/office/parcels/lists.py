"""Which parcels are where: to pack, late, on their way, come back."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.order.letters import NOT_YET_WORK
from shop.order.models import Parcel

Status = Parcel.Status
#: Not with its buyer yet, and still meant to get there.
ON_HAND = (Status.NEW, Status.PACKING)
UNDER_WAY = (*ON_HAND, Status.SHIPPED)

LISTS = {
    "dong-goi": _("Chờ đóng gói"),
    "tre": _("Trễ hẹn"),
    "dang-giao": _("Đang giao"),
    "tra-lai": _("Bị trả lại"),
    "da-giao": _("Đã giao"),
}


def parcels_to_pack() -> Any:
    """Of orders that are work already: paid for, confirmed, or paid at the door."""
    return Parcel.objects.filter(status__in=ON_HAND).exclude(order__status__in=NOT_YET_WORK)


def late_parcels() -> Any:
    """Not delivered on the last day that the buyer was promised."""
    return Parcel.objects.filter(
        status__in=UNDER_WAY, promised_to__lt=timezone.localdate()
    ).exclude(order__status__in=NOT_YET_WORK)


def parcels_of(name: str) -> Any:
    """The parcels of one of `LISTS`; all for an unknown name."""
    match name:
        case "dong-goi":
            return parcels_to_pack()
        case "tre":
            return late_parcels()
        case "dang-giao":
            return Parcel.objects.filter(status=Status.SHIPPED)
        case "tra-lai":
            return Parcel.objects.filter(status=Status.RETURNED)
        case "da-giao":
            return Parcel.objects.filter(status=Status.DELIVERED)
    return Parcel.objects.exclude(Q(order__status__in=NOT_YET_WORK))

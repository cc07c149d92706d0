"""What one row of the list of orders says, in as many queries for fifty rows as for one."""

from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from shop.office.orders.filters import CONDITIONS
from shop.order.models import Parcel

#: Marks of a row, each asked as the filter of the same name.
MARKS = ("lanh", "ruou", "qua", "hoi", "tra-hang", "doi-dia-chi", "tre")


def with_facts(orders: Any) -> Any:
    """Orders with what their rows show."""
    marks = {f"mark_{name.replace('-', '_')}": CONDITIONS[name]() for name in MARKS}
    parcels = Parcel.objects.select_related("producer").order_by("position")
    return (
        orders.select_related("shipping_address", "user", "payment")
        .annotate(**marks)
        .prefetch_related(Prefetch("parcels", queryset=parcels))
    )


def is_late(parcel: Parcel) -> bool:
    """Not with its buyer on the last day promised."""
    promised = parcel.promised_to
    return bool(
        promised
        and promised < timezone.localdate()
        and parcel.status in ("new", "packing", "shipped")
    )

"""An order with all that its page shows of it, in a fixed number of queries however long it is."""

from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from oscar.core.loading import get_model

from catalogue.among import keys_value
from catalogue.prefetched import hang
from catalogue.written import Asked, Written
from shop.contracts.models import OrderSummary
from shop.invoices.models import InvoiceRequest
from shop.order.models import AddressChange, Line, Order, OrderMessage, Parcel, ParcelEvent
from shop.payment.models import Refund
from shop.returns.models import ReturnRequest


def parcels_of(order: Order) -> list[Parcel]:
    """Its parcels with what is in them, pictures, lots and what happened to them. Four queries."""
    parcels: list[Parcel] = _PARCELS.rows(order=order.pk)
    keys = keys_value((parcel.pk for parcel in parcels), connection.vendor)
    lines, events = _LINES.rows(parcels=keys), _EVENTS.rows(parcels=keys)
    by_key = {parcel.pk: parcel for parcel in parcels}
    for name, rows in (("lines", lines), ("events", events)):
        for row in rows:
            row.parcel = by_key[row.parcel_id]
        hang(parcels, name, rows, "parcel_id")
    for parcel in parcels:
        parcel.order = order
    _give_renditions(lines)
    return parcels


def _give_renditions(lines: list[Line]) -> None:
    boxes = [line.box for line in lines if line.box is not None]
    pictures = [each.picture for each in (*lines, *boxes) if each.picture is not None]
    keys = keys_value({picture.pk for picture in pictures}, connection.vendor)
    hang(pictures, "renditions", _RENDITIONS.rows(pictures=keys) if pictures else (), "image_id")


def what_there_is(order: Order) -> set[str]:
    """Names of what hangs on this order, of all that mostly does not: one question for eight."""
    (found,) = _THERE_IS.rows(order=order.pk)
    return {name.removeprefix("has_") for name, is_there in found.items() if is_there}


def _what_may_hang_on_it() -> QuerySet[Any, Any]:
    its = {"order": OuterRef("pk")}
    rows: dict[str, QuerySet[Any]] = {
        "messages": OrderMessage.objects.filter(about=None, **its),
        "reports": ReturnRequest.objects.filter(**its),
        "refunds": Refund.objects.filter(payment__order=OuterRef("pk")),
        "discounts": get_model("order", "OrderDiscount").objects.filter(**its),
        "surcharges": get_model("order", "Surcharge").objects.filter(**its),
        "moves": AddressChange.objects.filter(**its),
        "invoice": InvoiceRequest.objects.filter(**its),
        "summary": OrderSummary.objects.filter(**its),
    }
    there = {f"has_{name}": Exists(found) for name, found in rows.items()}
    return Order.objects.filter(pk=_ORDER).order_by().values(**there)


_ORDER = Asked("order", Order._meta.pk)
_THERE_IS = Written(_what_may_hang_on_it)
_PARCELS = Written(
    lambda: Parcel.objects.filter(order=_ORDER).select_related(
        "producer__ward__province", "recipient__address"
    )
)
_LINES = Written(
    lambda: Line.objects.filter(parcel__among=Asked("parcels")).select_related(
        "picture", "product__parent", "box__picture", "lot"
    )
)
_EVENTS = Written(lambda: ParcelEvent.objects.filter(parcel__among=Asked("parcels")))
_RENDITIONS = Written(
    lambda: get_model("pictures", "Rendition").objects.filter(image__among=Asked("pictures"))
)

"""What a producer brings to the place where gift boxes are packed: how much, by when, where to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from catalogue.delivery_days import longest_way
from catalogue.models import GiftBox, Lot
from shop.order.lots import NOT_GONE, lots_for
from shop.order.models import Line, Parcel
from shop.partner.models import Partner
from shop.shipping.rates import Zone
from shop.shipping.zones import zone_between

#: Orders that are paid for or paid on delivery, and not all on their way.
TO_BE_PACKED = ("placed", "packing", "shipped")


@dataclass(frozen=True)
class Supply:
    """So many of one thing. `lots` are the codes of those it is packed, or may be packed, from."""

    title: str
    net: str
    quantity: int
    lots: list[str]
    parcels: list[str]


@dataclass(frozen=True)
class Trip:
    """All that is needed at one place by one day."""

    hub: Partner
    day: date
    is_late: bool
    supplies: list[Supply]


def lines_to_bring(producer: Partner) -> QuerySet[Line]:
    """Lines of this producer in parcels that another packs and that have not left."""
    return Line.objects.filter(
        ~Q(parcel__producer=F("partner")),
        partner=producer,
        is_wrapping=False,
        parcel__status__in=NOT_GONE,
        order__status__in=TO_BE_PACKED,
    )


def trips(producer: Partner, today: date | None = None) -> list[Trip]:
    """What to bring, the first to be needed first; in a fixed number of queries.

    Nothing in it is the buyer's or the recipient's.
    """
    today = today or timezone.localdate()
    lines = list(
        lines_to_bring(producer)
        .select_related(
            *("parcel__order__shipping_address", "parcel__producer__ward__province"),
            *("parcel__recipient__address", "box__product__gift_box", "product__parent", "lot"),
        )
        .order_by("pk")
    )
    choices = lots_for(lines)
    found: dict[tuple[date, int], list[Line]] = defaultdict(list)
    for line in lines:
        parcel = _parcel_of(line)
        found[day_needed(line), parcel.producer_id].append(line)
    return [
        Trip(_parcel_of(own[0]).producer, day, day < today, _supplies(own, choices))
        for (day, _hub), own in sorted(found.items(), key=lambda each: each[0])
    ]


def _parcel_of(line: Line) -> Parcel:
    assert line.parcel is not None  # it was asked for by its parcel
    return line.parcel


def day_needed(line: Line) -> date:
    """The day on which the parcel leaves the place of packing, at the latest.

    For a wished day: as long before as the way takes. Else as long after the order as the box
    takes to be gathered and packed.
    """
    parcel = _parcel_of(line)
    if parcel.recipient is not None and parcel.recipient.deliver_on is not None:
        return parcel.recipient.deliver_on - timedelta(days=_days_on_the_way(parcel))
    return timezone.localdate(parcel.order.date_placed) + timedelta(days=_lead_days(line))


def _days_on_the_way(parcel: Parcel) -> int:
    zone = zone_between(parcel.producer, parcel.address.province_code)
    # For a place of which nobody knows how far it is, the longest way of all.
    return max(longest_way(each) for each in ([zone] if zone else Zone.values))


def _lead_days(line: Line) -> int:
    product = line.box.product if line.box else None
    gift = getattr(product, "gift_box", None) or GiftBox()
    return gift.lead_days


def _supplies(lines: Iterable[Line], choices: dict[int, list[Lot]]) -> list[Supply]:
    by_thing: dict[Any, list[Line]] = defaultdict(list)
    for line in lines:
        by_thing[line.product_id or line.title].append(line)
    return [
        Supply(
            own[0].title,
            own[0].net_note,
            sum(line.quantity for line in own),
            sorted({code for line in own if (code := lot_of(line, choices.get(line.pk, [])))}),
            [str(line.parcel) for line in own],
        )
        for own in by_thing.values()
    ]


def lot_of(line: Line, choices: Iterable[Lot]) -> str:
    """The lot that the packer noted; else the first to end of those that keep long enough."""
    if line.lot is not None:
        return line.lot.code
    until = line.box.good_until if line.box else None
    return next((lot.code for lot in choices if until is None or lot.keeps_until(until)), "")

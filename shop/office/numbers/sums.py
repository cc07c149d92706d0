"""What was sold in a period: added up by the database, in as many queries for a year as for a day.

An order counts on the day it was placed, unless it waits for its money, was cancelled or came
back whole. Revenue is
what goods cost after discounts, tax included, without delivery, đồng; what was given back is a
number of its own.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, F, Min, Q, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Lower, TruncDate
from django.utils import timezone

from shop.office.numbers.period import Period
from shop.order.models import Line, Order, Parcel
from shop.payment.models import Refund
from shop.promotion.numbers import NOT_SOLD
from shop.returns.models import ReturnRequest

NOTHING = Decimal(0)
#: Rows of a table that parts sales.
MOST_ROWS = 20


@dataclass(frozen=True)
class Sums:
    """Orders, pieces, đồng."""

    orders: int = 0
    items: int = 0
    revenue: Decimal = NOTHING
    refunded: Decimal = NOTHING

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.orders + other.orders,
            self.items + other.items,
            self.revenue + other.revenue,
            self.refunded + other.refunded,
        )

    @property
    def average(self) -> Decimal:
        """Revenue of one order, đồng; nothing without any."""
        return (self.revenue / self.orders).quantize(Decimal(1)) if self.orders else NOTHING


@dataclass(frozen=True)
class Buyers:
    """Everybody who ordered, and of them those who had before the period began."""

    everybody: int
    returning: int

    @property
    def new(self) -> int:
        return self.everybody - self.returning


@dataclass(frozen=True)
class Troubles:
    """What did not go as promised in a period."""

    requests: int
    parcels_returned: int
    parcels_promised: int
    parcels_late: int


@dataclass(frozen=True)
class Part:
    """One row of a table: a producer, a product, a province, a way of paying."""

    name: str
    orders: int
    items: int
    revenue: Decimal


def by_day(first: Any, until: Any) -> dict[date, Sums]:
    """Sums of each day on which there were any, from one moment up to another."""
    found: dict[date, dict[str, Any]] = defaultdict(dict)
    orders = _orders(first, until).annotate(day=TruncDate("date_placed"))
    for row in orders.values("day").annotate(n=Count("pk")).order_by():
        found[row["day"]]["orders"] = row["n"]
    lines = _lines(first, until).annotate(day=TruncDate("order__date_placed"))
    goods = lines.values("day").annotate(
        items=Sum("quantity", filter=Q(is_wrapping=False)), revenue=Sum("line_price_incl_tax")
    )
    for row in goods.order_by():
        found[row["day"]].update(items=row["items"] or 0, revenue=row["revenue"] or NOTHING)
    refunds = (
        Refund.objects.filter(
            payment__order__date_placed__gte=first, payment__order__date_placed__lt=until
        )
        .exclude(payment__order__status__in=NOT_SOLD)
        .exclude(state=Refund.State.FAILED)
        .annotate(day=TruncDate("payment__order__date_placed"))
    )
    for row in refunds.values("day").annotate(sum=Sum("amount")).order_by():
        found[row["day"]]["refunded"] = row["sum"]
    return {day: Sums(**values) for day, values in found.items()}


def gathered(days: dict[date, Sums], period: Period) -> list[tuple[date, Sums]]:
    """Days put together by the period's step, empty steps too."""
    found = dict.fromkeys(period.steps(), Sums())
    for day, sums in days.items():
        if period.first <= day <= period.last:
            begin = period.begin_of(day)
            found[begin] = found[begin] + sums
    return list(found.items())


def total(days: dict[date, Sums], period: Period) -> Sums:
    inside = (sums for day, sums in days.items() if period.first <= day <= period.last)
    return sum(inside, Sums())


def buyers_of(period: Period) -> Buyers:
    """Told apart by account, else by email, else by phone."""
    inside = Q(date_placed__gte=period.since, date_placed__lt=period.until)
    people = (
        Order.objects.exclude(status__in=NOT_SOLD)
        .filter(date_placed__lt=period.until)
        .annotate(buyer=_buyer())
        .values("buyer")
        .annotate(first=Min("date_placed"), now=Count("pk", filter=inside))
        .filter(now__gt=0)
        .order_by()
    )
    counted = people.aggregate(
        everybody=Count("buyer"), returning=Count("buyer", filter=Q(first__lt=period.since))
    )
    return Buyers(**counted)


def _buyer() -> Case:
    phone = Cast("shipping_address__phone_number", CharField())
    return Case(
        When(user__isnull=False, then=Concat(Value("#"), Cast("user_id", CharField()))),
        When(~Q(guest_email=""), then=Lower("guest_email")),
        default=Coalesce(phone, Cast("pk", CharField())),
        output_field=CharField(),
    )


def troubles_of(period: Period) -> Troubles:
    """Reports by the day they were made, parcels by the day they were promised for or came back."""
    promised = Parcel.objects.filter(
        promised_to__range=(period.first, min(period.last, timezone.localdate()))
    ).exclude(status=Parcel.Status.CANCELLED)
    late = Q(delivered_at__isnull=True, promised_to__lt=timezone.localdate()) | Q(
        delivered_at__date__gt=F("promised_to")
    )
    counted = promised.aggregate(
        all=Count("pk"),
        late=Count("pk", filter=late & ~Q(status=Parcel.Status.RETURNED)),
    )
    requests = ReturnRequest.objects.filter(
        asked_at__gte=period.since, asked_at__lt=period.until
    ).count()
    returned = Parcel.objects.filter(
        returned_at__gte=period.since, returned_at__lt=period.until
    ).count()
    return Troubles(requests, returned, counted["all"], counted["late"])


def by_producer(period: Period) -> list[Part]:
    return _parted(period, "partner__name", "partner_name")


def by_product(period: Period) -> list[Part]:
    return _parted(period, "title", "title", Q(is_wrapping=False))


def by_province(period: Period) -> list[Part]:
    return _parted(period, "order__shipping_address__line4", "order__shipping_address__line4")


def by_method(period: Period) -> list[Part]:
    return _parted(period, "order__payment_method", "order__payment_method")


def _parted(period: Period, key: str, spare: str, only: Q | None = None) -> list[Part]:
    """Sales by one column of the lines, the most first. `spare` where the row it named is gone."""
    name = F(key) if key == spare else Coalesce(F(key), F(spare))
    rows = _lines(period.since, period.until).annotate(name=name)
    if only is not None:
        rows = rows.filter(only)
    sums = rows.values("name").annotate(
        orders=Count("order", distinct=True),
        items=Sum("quantity", filter=Q(is_wrapping=False)),
        revenue=Sum("line_price_incl_tax"),
    )
    return [
        Part(row["name"] or "", row["orders"], row["items"] or 0, row["revenue"] or NOTHING)
        for row in sums.order_by("-revenue", "name")[:MOST_ROWS]
    ]


def _orders(first: Any, until: Any) -> Any:
    rows = Order.objects.filter(date_placed__gte=first, date_placed__lt=until)
    return rows.exclude(status__in=NOT_SOLD)


def _lines(first: Any, until: Any) -> Any:
    return (
        Line.objects.filter(order__date_placed__gte=first, order__date_placed__lt=until)
        .exclude(order__status__in=NOT_SOLD)
        .exclude(status__in=NOT_SOLD)
    )

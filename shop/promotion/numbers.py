"""What came of a page, a campaign or a code: views, added, bought, revenue, by day.

Bought is an order that was placed, does not wait for its money, and was neither cancelled nor sent
back; revenue is what its goods
cost after discounts and without delivery, đồng, less what was given back. An order counts on the
day it was placed. It is tied to a page or campaign by what the buyer's own form said, not by
following anybody.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from catalogue.money import to_dong
from shop.order.models import Line
from shop.payment.models import Refund, RefundLine

NOTHING = Decimal(0)
#: Days that can be looked at, back from today.
PERIODS = (7, 30, 90)
#: Statuses of orders and lines that were nothing in the end, or are nothing until money comes.
NOT_SOLD = ("cancelled", "returned", "pending-payment")


@dataclass(frozen=True)
class Kind:
    """What numbers are of: where an order line names it, and which table counts its views."""

    line: str
    counts: str = ""
    counted: str = ""


PAGE = Kind("from_page", "PageDay", "page_id")
CAMPAIGN = Kind("from_campaign", "CampaignDay", "campaign__slug")
#: Of a voucher's key. Nobody looks at a code, so it has no views.
CODE = Kind("order__voucherapplication__voucher_id")


@dataclass(frozen=True)
class Sums:
    """Views, times put into a basket, orders, đồng."""

    views: int = 0
    added: int = 0
    orders: int = 0
    revenue: Decimal = NOTHING


@dataclass(frozen=True)
class Day(Sums):
    day: date = field(kw_only=True)


@dataclass(frozen=True)
class Numbers:
    """Every day of a period, oldest first, also those on which nothing happened."""

    days: list[Day]

    @property
    def total(self) -> Sums:
        return Sums(
            views=sum(day.views for day in self.days),
            added=sum(day.added for day in self.days),
            orders=sum(day.orders for day in self.days),
            revenue=sum((day.revenue for day in self.days), NOTHING),
        )

    @property
    def first(self) -> date:
        return self.days[0].day

    @property
    def last(self) -> date:
        return self.days[-1].day


def numbers_of(kind: Kind, key: Any, period: int) -> Numbers:
    """Day by day, today included. As many queries for ninety days as for seven."""
    sums = _sums(kind, [key], period)
    first = timezone.localdate() - timedelta(days=period - 1)
    days = [first + timedelta(days=number) for number in range(period)]
    return Numbers([Day(day=day, **sums.get((key, day), {})) for day in days])


def totals_of(kind: Kind, keys: Collection[Any], period: int) -> dict[Any, Sums]:
    """Of each key over the whole period. As many queries for forty as for one."""
    found: dict[Any, dict[str, Any]] = {key: defaultdict(int) for key in keys}
    for (key, _day), sums in (_sums(kind, keys, period) if keys else {}).items():
        for name, value in sums.items():
            found[key][name] += value
    return {key: Sums(**sums) for key, sums in found.items()}


def _sums(kind: Kind, keys: Collection[Any], period: int) -> dict[tuple[Any, date], dict[str, Any]]:
    """By key and day, whatever is not nought."""
    first = timezone.localdate() - timedelta(days=period - 1)
    rows: dict[tuple[Any, date], dict[str, Any]] = defaultdict(dict)
    for key, day, views, added in _counts(kind, keys, first):
        rows[key, day].update(views=views, added=added)
    lines = _lines(kind, keys, first)
    by_day = lines.annotate(key=F(kind.line), day=TruncDate("order__date_placed"))
    for sale in (
        by_day.values("key", "day")
        .annotate(orders=Count("order", distinct=True), revenue=Sum("line_price_incl_tax"))
        .order_by()
    ):
        rows[sale["key"], sale["day"]].update(orders=sale["orders"], revenue=sale["revenue"])
    for key, day, amount in [*_given_back_by_line(kind, lines), *_given_back_in_sum(kind, lines)]:
        row = rows[key, day]
        row["revenue"] = row.get("revenue", NOTHING) - amount
    return rows


def _counts(kind: Kind, keys: Collection[Any], first: date) -> Iterable[tuple[Any, ...]]:
    if not kind.counts:
        return ()
    model = apps.get_model("promotion", kind.counts)
    found = model.objects.filter(**{f"{kind.counted}__in": keys}, day__gte=first)
    return found.values_list(kind.counted, "day", "views", "added")


def _lines(kind: Kind, keys: Collection[Any], first: date) -> Any:
    since = timezone.make_aware(datetime.combine(first, time.min))
    return (
        Line.objects.filter(**{f"{kind.line}__in": keys}, order__date_placed__gte=since)
        .exclude(order__status__in=NOT_SOLD)
        .exclude(status__in=NOT_SOLD)
    )


def _given_back_by_line(kind: Kind, lines: Any) -> list[tuple[Any, date, Decimal]]:
    """Pieces paid back, or promised to be."""
    rows = (
        RefundLine.objects.filter(line__in=lines.values("pk"))
        .exclude(refund__state=Refund.State.FAILED)
        .annotate(day=TruncDate("line__order__date_placed"))
        .values("line", "day")
        .annotate(amount=Sum("amount"))
        .order_by()
    )
    found = {row["line"]: (row["day"], row["amount"]) for row in rows}
    keys = lines.filter(pk__in=found).values_list("pk", kind.line) if found else []
    return [(key, *found[pk]) for pk, key in keys]


def _given_back_in_sum(kind: Kind, lines: Any) -> list[tuple[Any, date, Decimal]]:
    """Sums given back without saying for what: each line bears its part of the order."""
    refunds = (
        Refund.objects.filter(payment__order__in=lines.values("order"), lines__isnull=True)
        .exclude(state=Refund.State.FAILED)
        .values("payment__order")
        .annotate(sum=Sum("amount"))
        .order_by()
    )
    given = {row["payment__order"]: row["sum"] for row in refunds}
    if not given:
        return []
    parts = (
        lines.filter(Q(order__in=given))
        .annotate(key=F(kind.line), day=TruncDate("order__date_placed"))
        .values("key", "day", "order", "order__total_incl_tax")
        .annotate(part=Sum("line_price_incl_tax"))
        .order_by()
    )
    return [
        (
            row["key"],
            row["day"],
            to_dong(given[row["order"]] * row["part"] / row["order__total_incl_tax"]),
        )
        for row in parts
        if row["order__total_incl_tax"]
    ]

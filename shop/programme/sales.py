"""What was sold of each product, by month: quantities and đồng, and nothing of who bought it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from shop.order.models import Line
from shop.promotion.numbers import NOT_SOLD

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Sale:
    """Of one product (or producer, with no `product`) in one month, or in all of them."""

    producer: str
    product: str
    month: date | None
    quantity: int
    revenue: Decimal


def sales_of(year: int) -> list[Sale]:
    """One row a product and month, by producer and product. One query."""
    zone = timezone.get_current_timezone()
    since, until = (
        timezone.make_aware(datetime.combine(date(each, 1, 1), time.min), zone)
        for each in (year, year + 1)
    )
    rows = (
        Line.objects.filter(order__date_placed__gte=since, order__date_placed__lt=until)
        .filter(is_wrapping=False)
        .exclude(order__status__in=NOT_SOLD)
        .exclude(status__in=NOT_SOLD)
        .annotate(
            producer=Coalesce(F("partner__name"), F("partner_name")),
            month=TruncMonth("order__date_placed"),
        )
        .values("producer", "title", "month")
        .annotate(quantity_sum=Sum("quantity"), revenue=Sum("line_price_incl_tax"))
        .order_by("producer", "title", "month")
    )
    return [
        Sale(
            row["producer"] or "",
            row["title"],
            timezone.localtime(row["month"], zone).date(),
            row["quantity_sum"],
            row["revenue"] or NOTHING,
        )
        for row in rows
    ]


def by_product(sales: list[Sale]) -> list[Sale]:
    """The year's sum of each product, the most first."""
    return _added(sales, lambda sale: (sale.producer, sale.product))


def by_producer(sales: list[Sale]) -> list[Sale]:
    return _added(sales, lambda sale: (sale.producer, ""))


def by_month(sales: list[Sale], year: int) -> list[tuple[date, Decimal]]:
    """Revenue of each of the twelve months, nought too."""
    sums: dict[Any, Decimal] = defaultdict(Decimal)
    for sale in sales:
        sums[sale.month] += sale.revenue
    return [(date(year, month, 1), sums[date(year, month, 1)]) for month in range(1, 13)]


def _added(sales: list[Sale], key: Any) -> list[Sale]:
    sums: dict[tuple[str, str], list[Any]] = defaultdict(lambda: [0, NOTHING])
    for sale in sales:
        held = sums[key(sale)]
        held[0] += sale.quantity
        held[1] += sale.revenue
    rows = [
        Sale(producer, product, None, quantity, revenue)
        for (producer, product), (quantity, revenue) in sums.items()
    ]
    return sorted(rows, key=lambda sale: (-sale.revenue, sale.producer, sale.product))

"""What needs doing today, for one producer."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone
from wagtail.models import WorkflowState

from catalogue.models import Certificate, Product
from catalogue.models.certificate import EXPIRING_DAYS
from shop.order.models import Line, Parcel
from shop.partner.models import Partner, StockRecord
from shop.producers.supplies.bringing import lines_to_bring
from shop.questions.models import Question
from shop.reviews.models import ProductReview
from shop.settlements.months import start_of

#: Below this many left, a product is on the list of today's work.
LOW_STOCK = 5
#: Days whose sales are drawn: two weeks, so that market days can be compared.
DAYS_DRAWN = 14
_SOLD = ("placed", "packing", "shipped", "completed")
#: Parcels that wait for the producer: what the first page counts and the list behind it shows.
TO_PACK = Q(
    status__in=(Parcel.Status.NEW, Parcel.Status.PACKING),
    order__status__in=("placed", "packing", "shipped"),
)


@dataclass(frozen=True)
class Sales:
    """Own lines of orders that hold, by day: đồng that buyers paid or pay, and parcels."""

    this_month: Decimal
    parcels_this_month: int
    #: The last `DAYS_DRAWN` days, today the last, days without any among them.
    lately: list[tuple[date, Decimal]]


@dataclass(frozen=True)
class TodaysWork:
    """Counts for the first page.

    `to_bring` are pieces for gift boxes that somebody else packs; `questions` are those that
    nobody answered.
    """

    parcels_to_pack: int
    to_bring: int
    low_stock: int
    returned: list[Product]
    unanswered: int
    questions: int
    expiring: list[tuple[Certificate, int]]


def todays_work(producer: Partner, day: date | None = None) -> TodaysWork:
    day = day or timezone.localdate()
    own = Q(product__producer=producer)
    low = StockRecord.objects.with_left().filter(
        partner=producer, product__live=True, product__archived_at=None, left__lt=LOW_STOCK
    )
    # One query for all that is only counted.
    parcels_to_pack, to_bring, low_stock, unanswered, questions = Partner.objects.values_list(
        _number(Parcel.objects.filter(TO_PACK, producer=producer), "producer"),
        _number(lines_to_bring(producer), "partner", Sum("quantity")),
        _number(low, "partner"),
        _number(ProductReview.objects.approved().filter(own, answer=""), "product__producer"),
        _number(Question.objects.unanswered().filter(own), "product__producer"),
    ).get(pk=producer.pk)
    return TodaysWork(
        parcels_to_pack=parcels_to_pack,
        to_bring=to_bring,
        low_stock=low_stock,
        returned=returned_listings(producer),
        unanswered=unanswered,
        questions=questions,
        expiring=_expiring(producer, day),
    )


def _number(found: QuerySet[Any], owner: str, number: Any = None) -> Coalesce:
    """How many, or the sum given, as a subquery; all rows are of one `owner`."""
    each = found.order_by().values(owner).annotate(n=number or Count("pk"))
    return Coalesce(Subquery(each.values("n")), 0)


def sales_of(producer: Partner, day: date | None = None) -> Sales:
    """This month's and the last days' sales, in one query."""
    day = day or timezone.localdate()
    first_drawn = day - timedelta(days=DAYS_DRAWN - 1)
    month = day.replace(day=1)
    rows = (
        Line.objects.filter(
            partner=producer,
            order__status__in=_SOLD,
            order__date_placed__gte=start_of(min(first_drawn, month)),
        )
        .exclude(status__in=("cancelled", "returned"))
        .annotate(day=TruncDate("order__date_placed"))
        .values("day")
        # A parcel is of one order, so of one day.
        .annotate(sum=Sum("line_price_incl_tax"), parcels=Count("parcel", distinct=True))
        .order_by()
    )
    by_day = {row["day"]: (row["sum"], row["parcels"]) for row in rows}
    of_month = [sold for each, sold in by_day.items() if each >= month]
    drawn = [first_drawn + timedelta(days=n) for n in range(DAYS_DRAWN)]
    nothing = (Decimal(0), 0)
    return Sales(
        this_month=sum((paid for paid, _n in of_month), Decimal(0)),
        parcels_this_month=sum(n for _paid, n in of_month),
        lately=[(each, by_day.get(each, nothing)[0]) for each in drawn],
    )


def returned_listings(producer: Partner) -> list[Product]:
    """Listings that a moderator gave back to be mended, by name."""
    returned = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Product),
        # Wagtail keeps the keys of what is moderated as text.
        object_id=Cast(OuterRef("pk"), CharField()),
        status=WorkflowState.STATUS_NEEDS_CHANGES,
    )
    own = Product.objects.filter(
        Exists(returned),
        producer=producer,
        parent=None,
        archived_at=None,
        latest_revision__isnull=False,
    )
    return list(own.only("title").order_by("title", "pk"))


def _expiring(producer: Partner, day: date) -> list[tuple[Certificate, int]]:
    """Valid certificates that end within 180 days, with the days left, soonest first."""
    found = Certificate.objects.valid_on(day).filter(product__producer=producer)
    soon = [
        (certificate, (certificate.ends_on - day).days)
        for certificate in found.select_related("product")
        if certificate.ends_on
    ]
    return sorted((pair for pair in soon if pair[1] <= EXPIRING_DAYS), key=lambda pair: pair[1])

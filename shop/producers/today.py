"""What needs doing today, for one producer."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import WorkflowState

from catalogue.models import Certificate, Product
from catalogue.models.certificate import EXPIRING_DAYS
from shop.order.models import Line, Parcel
from shop.partner.models import Partner, StockRecord
from shop.producers.supplies.bringing import lines_to_bring
from shop.questions.models import Question
from shop.reviews.models import ProductReview

#: Below this many left, a product is on the list of today's work.
LOW_STOCK = 5
#: Parcels that wait for the producer: what the first page counts and the list behind it shows.
TO_PACK = Q(
    status__in=(Parcel.Status.NEW, Parcel.Status.PACKING),
    order__status__in=("placed", "packing", "shipped"),
)


@dataclass(frozen=True)
class TodaysWork:
    """Counts for the first page. `sold_this_month` is đồng, of lines not cancelled.

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
    sold_this_month: Decimal
    parcels_this_month: int


def todays_work(producer: Partner, day: date | None = None) -> TodaysWork:
    day = day or timezone.localdate()
    month_start = timezone.make_aware(
        datetime(day.year, day.month, 1), timezone.get_default_timezone()
    )
    of_month = Q(order__date_placed__gte=month_start)
    sold = Line.objects.filter(
        of_month, parcel__producer=producer, order__status__in=_SOLD
    ).aggregate(total=Sum("line_price_incl_tax"), parcels=Count("parcel", distinct=True))
    reviews, questions = _unanswered(producer)
    return TodaysWork(
        parcels_to_pack=Parcel.objects.filter(TO_PACK, producer=producer).count(),
        to_bring=lines_to_bring(producer).aggregate(n=Sum("quantity"))["n"] or 0,
        low_stock=StockRecord.objects.with_left()
        .filter(partner=producer, product__live=True, product__archived_at=None, left__lt=LOW_STOCK)
        .count(),
        returned=returned_listings(producer),
        unanswered=reviews,
        questions=questions,
        expiring=_expiring(producer, day),
        sold_this_month=sold["total"] or Decimal(0),
        parcels_this_month=sold["parcels"],
    )


_SOLD = ("placed", "packing", "shipped", "completed")


def _unanswered(producer: Partner) -> tuple[int, int]:
    """Reviews and questions without an answer, counted in one query."""
    own = Q(product__producer=producer)
    reviews = ProductReview.objects.approved().filter(own, answer="")
    questions = Question.objects.unanswered().filter(own)
    return Partner.objects.values_list(_count(reviews), _count(questions)).get(pk=producer.pk)


def _count(found: Any) -> Coalesce:
    each = found.order_by().values("product__producer").annotate(n=Count("pk"))
    return Coalesce(Subquery(each.values("n")), 0)


def returned_listings(producer: Partner) -> list[Product]:
    """Listings that a moderator gave back to be mended, by name."""
    own = {
        str(product.pk): product
        for product in Product.objects.filter(
            producer=producer, parent=None, archived_at=None, latest_revision__isnull=False
        ).only("title")
    }
    # Wagtail keeps the keys of what is moderated as text, which PostgreSQL does not join.
    returned = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Product),
        object_id__in=own,
        status=WorkflowState.STATUS_NEEDS_CHANGES,
    )
    found = [own[key] for key in returned.values_list("object_id", flat=True)]
    return sorted(found, key=lambda product: product.title)


def _expiring(producer: Partner, day: date) -> list[tuple[Certificate, int]]:
    """Valid certificates that end within 180 days, with the days left, soonest first."""
    found = Certificate.objects.valid_on(day).filter(product__producer=producer)
    soon = [
        (certificate, (certificate.ends_on - day).days)
        for certificate in found.select_related("product")
        if certificate.ends_on
    ]
    return sorted((pair for pair in soon if pair[1] <= EXPIRING_DAYS), key=lambda pair: pair[1])

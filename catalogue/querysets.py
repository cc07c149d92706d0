"""Questions about products, asked by their names."""

from datetime import date, datetime
from typing import Any, Self

from django.apps import apps
from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from oscar.apps.catalogue.managers import ProductQuerySet as OscarProductQuerySet

from catalogue.models.label import NO_PROMOTION_ABV
from catalogue.pictures.specs import CARD_SPECS


class ProductQuerySet(OscarProductQuerySet):
    def listed(self) -> Self:
        """What a visitor may find: a page of its own, live, not archived."""
        return self.browsable().filter(archived_at__isnull=True)

    def with_stars(self, day: date | None = None) -> Self:
        """Annotates `stars_today`: stars of the newest certificate valid on `day`, or 0."""
        Certificate = apps.get_model("catalogue", "Certificate")
        valid = (
            Certificate.objects.valid_on(day or timezone.localdate())
            .filter(product=OuterRef("pk"))
            .order_by("-decided_on")
        )
        return self.annotate(stars_today=Coalesce(Subquery(valid.values("stars")[:1]), 0))

    def with_availability(self) -> Self:
        """Annotates `is_available`: it, or a live variant of it, has stock not yet promised.

        A gift box besides has enough of everything inside; whether that keeps long enough is for
        `catalogue.boxes` to say, which looks at lots.
        """
        StockRecord = apps.get_model("partner", "StockRecord")
        left = StockRecord.objects.in_stock()
        # Two questions, each answered by an index; one with OR in it reads the whole stock.
        own = Exists(left.filter(product=OuterRef("pk")))
        variants = Exists(left.filter(product__parent=OuterRef("pk"), product__live=True))
        wrapped = Exists(
            StockRecord.objects.filter(
                product=OuterRef("pk"), num_in_stock=None, product__gift_box__isnull=False
            )
        )
        lacking = Exists(apps.get_model("catalogue", "BoxItem").objects.lacking(OuterRef("pk")))
        return self.annotate(is_available=(own | variants | wrapped) & ~lacking)

    def with_lowest_price(self, now: datetime | None = None) -> Self:
        """Annotates `lowest_price`: đồng for the cheapest live variant at `now`; null for none.

        The same rule as `StockRecord.current_price`, for a database that sorts and counts.
        """
        StockRecord = apps.get_model("partner", "StockRecord")
        now = now or timezone.now()
        on_sale = (
            Q(sale_price__isnull=False)
            & (Q(sale_starts_at__isnull=True) | Q(sale_starts_at__lte=now))
            & (Q(sale_ends_at__isnull=True) | Q(sale_ends_at__gt=now))
            & (Q(strength__isnull=True) | Q(strength__lt=NO_PROMOTION_ABV))
        )
        prices = (
            StockRecord.objects.filter(price__isnull=False)
            .annotate(strength=Coalesce("product__abv", "product__parent__abv"))
            .annotate(amount=Case(When(on_sale, then=F("sale_price")), default=F("price")))
            .order_by("amount")
            .values("amount")
        )
        own = Subquery(prices.filter(product=OuterRef("pk"))[:1])
        variants = Subquery(prices.filter(product__parent=OuterRef("pk"), product__live=True)[:1])
        # Least of a number and nothing is nothing in SQLite and the number in PostgreSQL.
        return self.annotate(lowest_price=Least(Coalesce(own, variants), Coalesce(variants, own)))

    def in_season(self, day: date | None = None) -> Self:
        month = (day or timezone.localdate()).month
        return self.alias(season_bit=F("season_mask").bitand(1 << (month - 1))).filter(
            Q(season_mask=0) | Q(season_bit__gt=0)
        )

    def without_alcohol(self) -> Self:
        """Products that may be shown to anyone and promoted (Luật 44/2019/QH14)."""
        return self.exclude(abv__gt=0)

    def for_cards(self) -> Self:
        """Everything that a card shows, in a fixed number of queries however many rows."""
        return self._with_goods(CARD_SPECS)

    def with_origin(self) -> Self:
        """With maker, place and class: what a card or page reads of the row itself."""
        return self.select_related(
            "producer__ward__province",
            "producer__former_commune",
            "origin__province",
            "former_origin",
            "product_class",
        )

    def _with_goods(self, picture_specs: tuple[str, ...]) -> Self:
        return self.with_origin().prefetch_related(*goods_lookups(picture_specs))


def goods_lookups(picture_specs: tuple[str, ...]) -> list[Any]:
    """What is prefetched of products on cards and pages: stock, variants, pictures, dossiers."""
    Product = apps.get_model("catalogue", "Product")
    stock, images, dossiers = _card_lookups(picture_specs)
    children = Product.objects.public().order_by("pk").prefetch_related(stock)
    return [
        stock,
        Prefetch("children", queryset=children, to_attr="live_children"),
        images,
        dossiers,
    ]


def _card_lookups(picture_specs: tuple[str, ...]) -> tuple[Any, Any, Any]:
    """Stock, pictures with these renditions, dossiers."""
    StockRecord = apps.get_model("partner", "StockRecord")
    ProductImage = apps.get_model("catalogue", "ProductImage")
    Rendition = apps.get_model("pictures", "Rendition")
    renditions = Rendition.objects.filter(filter_spec__in=picture_specs)
    images = ProductImage.objects.select_related("original").prefetch_related(
        Prefetch("original__renditions", queryset=renditions)
    )
    stock: Any = StockRecord.objects.order_by("pk")
    return (
        Prefetch("stockrecords", queryset=stock),
        Prefetch("images", queryset=images),
        "certificates",
    )

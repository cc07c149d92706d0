"""Questions about products, asked by their names."""

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from oscar.apps.catalogue.managers import ProductQuerySet as OscarProductQuerySet


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
        """Annotates `is_available`: it, or a live variant of it, has stock not yet promised."""
        StockRecord = apps.get_model("partner", "StockRecord")
        left = StockRecord.objects.in_stock()
        return self.annotate(
            is_available=Exists(
                left.filter(
                    Q(product=OuterRef("pk"))
                    | Q(product__parent=OuterRef("pk"), product__live=True)
                )
            )
        )

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
        Product = self.model
        StockRecord = apps.get_model("partner", "StockRecord")
        ProductImage = apps.get_model("catalogue", "ProductImage")
        stock: Any = StockRecord.objects.order_by("pk")
        return self.select_related(
            "producer", "origin__province", "former_origin", "product_class"
        ).prefetch_related(
            Prefetch("stockrecords", queryset=stock),
            Prefetch(
                "children",
                queryset=Product.objects.public().order_by("pk").prefetch_related(
                    Prefetch("stockrecords", queryset=stock)
                ),
                to_attr="live_children",
            ),
            Prefetch(
                "images",
                queryset=ProductImage.objects.select_related("original").prefetch_related(
                    "original__renditions"
                ),
            ),
            "certificates",
        )

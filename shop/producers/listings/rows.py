"""Listings as the list and the first page show them: picture, state, price, what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from wagtail.models import WorkflowState

from catalogue.models import Product, ProductImage
from shop.partner.models import Partner, StockRecord
from shop.producers.forms import StockForm
from shop.producers.listings.drafting import Progress, progress_of


@dataclass(frozen=True)
class Row:
    """`records` are what is priced and counted of the product, by its variants' keys."""

    product: Product
    progress: Progress
    records: Sequence[tuple[StockRecord, StockForm]]

    @property
    def one(self) -> StockRecord | None:
        """The record of a product without variants."""
        records = [record for record, _form in self.records if not record.product.is_child]
        return records[0] if records else None


def with_rows(products: QuerySet[Product]) -> QuerySet[Product]:
    """What `rows_of` reads, by title."""
    return products.prefetch_related(
        Prefetch("images", queryset=ProductImage.objects.select_related("original")),
        "images__original__renditions",
        Prefetch(
            "workflow_states",
            queryset=WorkflowState.objects.active().select_related("current_task_state"),
            to_attr="_current_workflow_states",
        ),
    ).order_by("title", "pk")


def rows_of(products: Sequence[Product], producer: Partner) -> list[Row]:
    keys = [product.pk for product in products]
    found = StockRecord.objects.filter(partner=producer)
    own = found.filter(product__in=keys) | found.filter(product__parent__in=keys)
    records: Mapping[int, list[tuple[StockRecord, StockForm]]] = {key: [] for key in keys}
    for record in (
        own.filter(product__archived_at=None)
        .select_related("product__parent")
        .order_by("product_id")
    ):
        key = record.product.parent_id or record.product_id
        records[key].append((record, StockForm(record=record)))
    return [Row(product, progress_of(product), records[product.pk]) for product in products]

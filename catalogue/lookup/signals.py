"""Products tell when they change. Drafts that Wagtail's editor keeps saving do not count."""

from typing import Any

from django.apps import apps
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.signals import published, unpublished

from catalogue.boxes.contents import boxes_holding
from catalogue.lookup.indexing import changed
from catalogue.lookup.models import Entry
from catalogue.lookup.products import PRODUCTS, keys_of

#: What a saved draft writes into the row of a live product, and what only staff read.
BOOKKEEPING = frozenset(
    {"latest_revision", "latest_revision_created_at", "has_unpublished_changes", "locked",
     "locked_at", "locked_by", "rating", "date_updated", "live_revision"}
)  # fmt: skip


def product_changes(instance: Any, **kwargs: Any) -> None:
    key = instance.parent_id or instance.pk
    changed(PRODUCTS.code, [key, *boxes_holding([key])])


def box_changes(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        changed(PRODUCTS.code, [instance.box_id])


def product_is_saved(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A live listing, or one that still has an entry although it may not."""
    if not raw and says_something(kwargs) and (instance.live or _has_entry(instance)):
        product_changes(instance)


def says_something(saved: dict[str, Any]) -> bool:
    """`post_save` wrote a column that a visitor could notice."""
    fields = saved.get("update_fields")
    return fields is None or not set(fields) <= BOOKKEEPING


def _has_entry(product: Any) -> bool:
    key = product.parent_id or product.pk
    return Entry.objects.filter(source=PRODUCTS.code, key=key).exists()


def groups_change(instance: Any, action: str, reverse: bool, **kwargs: Any) -> None:
    if not reverse and action.startswith("post_"):
        product_changes(instance)


def group_is_filed(instance: Any, **kwargs: Any) -> None:
    changed(PRODUCTS.code, [instance.product_id])


def group_is_renamed(instance: Any, created: bool = False, **kwargs: Any) -> None:
    if not created:
        changed(PRODUCTS.code, keys_of(categories=instance))


def stock_changes(instance: Any, **kwargs: Any) -> None:
    """Only when it was the last one, or the first one again: an order changes no entry."""
    Product = apps.get_model("catalogue", "Product")
    product = Product.objects.filter(pk=instance.product_id).values("pk", "parent_id").first()
    if product is None:
        return
    key = product["parent_id"] or product["pk"]
    if boxes := boxes_holding([key]):
        changed(PRODUCTS.code, boxes)
    entry = Entry.objects.filter(source=PRODUCTS.code, key=key).values("is_available").first()
    if entry and entry["is_available"] != _has_stock(type(instance), key):
        changed(PRODUCTS.code, [key])


def _has_stock(stock: Any, product: int) -> bool:
    # Two questions: as one with OR, no database uses its indexes.
    left = stock.objects.in_stock()
    return (
        left.filter(product=product).exists()
        or left.filter(product__parent=product, product__live=True).exists()
    )


def connect() -> None:
    Product = apps.get_model("catalogue", "Product")
    filing = apps.get_model("catalogue", "ProductCategory")
    group = apps.get_model("catalogue", "Category")
    stock = apps.get_model("partner", "StockRecord")
    item = apps.get_model("catalogue", "BoxItem")
    for receiver, signal, sender in (
        (product_changes, published, Product),
        (product_changes, unpublished, Product),
        (product_changes, post_delete, Product),
        (product_is_saved, post_save, Product),
        (groups_change, m2m_changed, Product.categories.through),
        (group_is_filed, post_save, filing),
        (group_is_filed, post_delete, filing),
        (group_is_renamed, post_save, group),
        (group_is_renamed, pre_delete, group),
        (stock_changes, post_save, stock),
        (stock_changes, post_delete, stock),
        (box_changes, post_save, item),
        (box_changes, post_delete, item),
    ):
        signal.connect(
            receiver,
            sender=sender,
            dispatch_uid=f"lookup.{receiver.__name__}.{sender._meta.label}",
        )

"""Who tells the log of listing changes, and of what."""

from typing import Any

from django.apps import apps
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.signals import published, unpublished

from catalogue.browse.changes import everything_changed, names_changed, products_changed
from catalogue.lookup.signals import says_something


def product_changes(instance: Any, **kwargs: Any) -> None:
    products_changed([instance.parent_id or instance.pk])


def product_is_saved(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Not for what a saved draft writes into the row, nor before the first publishing."""
    if not raw and says_something(kwargs) and not (kwargs["created"] and not instance.live):
        product_changes(instance)


def goods_change(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Its stock, price, dossier or group."""
    if raw:
        return
    product = instance.product
    products_changed([product.parent_id or product.pk])


def groups_change(instance: Any, action: str, reverse: bool, **kwargs: Any) -> None:
    if action.startswith("post_"):
        everything_changed() if reverse else product_changes(instance)


def tree_changes(raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        everything_changed()


def maker_changes(raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        names_changed()


def connect() -> None:
    Product = apps.get_model("catalogue", "Product")
    Category = apps.get_model("catalogue", "Category")
    filing = apps.get_model("catalogue", "ProductCategory")
    dossier = apps.get_model("catalogue", "Certificate")
    stock = apps.get_model("partner", "StockRecord")
    maker = apps.get_model("partner", "Partner")
    for receiver, signal, sender in (
        (product_changes, published, Product),
        (product_changes, unpublished, Product),
        (product_changes, post_delete, Product),
        (product_is_saved, post_save, Product),
        (groups_change, m2m_changed, Product.categories.through),
        *(
            (goods_change, signal, sender)
            for sender in (filing, dossier, stock)
            for signal in (post_save, post_delete)
        ),
        (tree_changes, post_save, Category),
        (tree_changes, post_delete, Category),
        (maker_changes, post_save, maker),
        (maker_changes, post_delete, maker),
    ):
        signal.connect(
            receiver,
            sender=sender,
            dispatch_uid=f"browse.{receiver.__name__}.{sender._meta.label}",
        )

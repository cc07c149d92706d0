"""Who tells the log of listing changes, and of what."""

from typing import Any

from django.apps import apps
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.signals import published, unpublished

from catalogue.boxes.contents import boxes_holding
from catalogue.browse.changes import everything_changed, names_changed, products_changed
from catalogue.lookup.signals import says_something


def product_changes(instance: Any, **kwargs: Any) -> None:
    _tell(instance.parent_id or instance.pk)


def _tell(key: int) -> None:
    """Of a product, and of the boxes that hold it."""
    products_changed([key, *boxes_holding([key])])


def product_is_saved(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Not for what a saved draft writes into the row, nor before the first publishing."""
    if not raw and says_something(kwargs) and not (kwargs["created"] and not instance.live):
        product_changes(instance)


def goods_change(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Its stock, price, dossier or group."""
    if raw:
        return
    product = instance.product
    _tell(product.parent_id or product.pk)


def box_changes(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """How a box is packed, or what is in it."""
    if not raw:
        products_changed([getattr(instance, "box_id", None) or instance.product_id])


def lot_changes(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Boxes must keep so and so long: a new lot, or one taken back, decides about them."""
    if not raw and (boxes := boxes_holding([instance.product_id])):
        products_changed(boxes)


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
    item = apps.get_model("catalogue", "BoxItem")
    gift = apps.get_model("catalogue", "GiftBox")
    lot = apps.get_model("catalogue", "Lot")
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
        (box_changes, post_save, item),
        (box_changes, post_delete, item),
        (box_changes, post_save, gift),
        (lot_changes, post_save, lot),
        (lot_changes, post_delete, lot),
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

"""Stock in words that a buyer can act on; never the exact count of a full shelf."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalogue.boxes.contents import contents_of

if TYPE_CHECKING:
    from catalogue.models import Product

#: From this many left on, the count itself is told.
FEW_LEFT = 5


@dataclass(frozen=True)
class StockNote:
    """How many can be bought (None: not counted), and that in words."""

    left: int | None
    words: str

    @property
    def is_available(self) -> bool:
        return self.left is None or self.left > 0

    @property
    def is_low(self) -> bool:
        return self.left is not None and 0 < self.left <= FEW_LEFT


def left_of(product: "Product") -> int | None:
    """How many of this product or variant can still be promised; None where stock is not counted.

    Reads prefetched stock records where there are some.
    """
    if product.is_gift_box:
        return contents_of(product).left
    records = list(product.stockrecords.all())
    product_class = product.get_product_class()
    if records and product_class and not product_class.track_stock:
        return None
    return sum(max(0, record.net_stock_level) for record in records)


def stock_note(left: int | None) -> StockNote:
    if left is None or left > FEW_LEFT:
        return StockNote(left, _("Còn nhiều"))
    if left <= 0:
        return StockNote(0, _("Hết hàng"))
    return StockNote(left, _("Chỉ còn %(n)s") % {"n": left})


def not_for_sale() -> StockNote:
    """Of goods without a price."""
    return StockNote(0, _("Chưa bán"))


def stock_of(products: list["Product"]) -> StockNote:
    """The stock of several variants together."""
    counts = [left_of(product) for product in products]
    if any(count is None for count in counts):
        return stock_note(None)
    return stock_note(sum(count or 0 for count in counts))

"""What a product costs, as cards and pages say it: the lowest of its variants, with unit price."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from catalogue.boxes.contents import contents_of
from catalogue.models.label import NetUnit
from catalogue.money import format_dong
from catalogue.units import unit_price_text

if TYPE_CHECKING:
    from catalogue.models import Product


@dataclass(frozen=True)
class PriceTag:
    """Đồng, tax included. `before` is struck through; `is_from`: dearer variants exist."""

    amount: Decimal
    before: Decimal | None = None
    is_from: bool = False
    unit_text: str = ""

    @property
    def text(self) -> str:
        """`45.000 ₫`"""
        return format_dong(self.amount)

    @property
    def before_text(self) -> str:
        return format_dong(self.before) if self.before is not None else ""


def variants_of(product: "Product") -> list["Product"]:
    """What can be put into a basket: live variants, or the product itself where it has none.

    Reads `live_children` where `for_cards` loaded them.
    """
    if not product.is_parent:
        return [product]
    loaded = getattr(product, "live_children", None)
    if loaded is not None:
        return loaded
    return [child for child in product.children.all() if child.live]


def price_of(product: "Product") -> PriceTag | None:
    """The price of one thing that can be bought; None when it has no price."""
    if product.is_gift_box:
        return _price_of_box(product)
    tags = []
    for record in product.stockrecords.all():
        amount = record.current_price()
        if amount is None:
            continue
        before = record.price if record.is_on_sale() else None
        quantity = product.net_quantity
        unit = NetUnit(product.net_unit)
        if quantity is None and product.is_child:
            quantity, unit = product.parent.net_quantity, NetUnit(product.parent.net_unit)
        tags.append(PriceTag(amount, before, unit_text=unit_price_text(amount, quantity, unit)))
    return min(tags, key=lambda tag: tag.amount, default=None)


def _price_of_box(box: "Product") -> PriceTag | None:
    """By its contents; without a price for a kilo, which would tell nothing of mixed goods."""
    contents = contents_of(box)
    amount = contents.price
    if amount is None:
        return None
    record = contents.record
    own = record.price if record is not None and record.is_on_sale() else None
    if contents.is_to_be_filled:
        return PriceTag(amount, is_from=True)
    return PriceTag(amount, contents.before or own)


def lowest_price(product: "Product") -> PriceTag | None:
    """The price on the card: of the cheapest live variant, whichever was entered first."""
    tags = [tag for variant in variants_of(product) if (tag := price_of(variant))]
    if not tags:
        return None
    lowest = min(tags, key=lambda tag: tag.amount)
    is_from = lowest.is_from or any(tag.amount > lowest.amount for tag in tags)
    return PriceTag(lowest.amount, lowest.before, is_from, lowest.unit_text)


def sale_turns(product: "Product", now: datetime) -> datetime | None:
    """When a sale price of it, or of something in a box, begins or ends next."""
    inside = contents_of(product).goods if product.is_gift_box else []
    moments = [
        moment
        for each in (*variants_of(product), *inside)
        for record in each.stockrecords.all()
        for moment in (record.sale_starts_at, record.sale_ends_at)
        if moment is not None and moment > now
    ]
    return min(moments, default=None)

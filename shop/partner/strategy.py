"""What a product costs and whether it can be bought: one price for everyone, tax included."""

from typing import Any

from django.utils.translation import gettext as _
from oscar.apps.partner import strategy
from oscar.apps.partner.prices import FixedPrice
from oscar.apps.partner.prices import Unavailable as NoPrice

from catalogue.boxes.contents import Contents, contents_of
from catalogue.models import Product
from catalogue.money import to_dong
from catalogue.prices import variants_of
from shop.partner.availability import Available, BoxUnavailable, StockRequired, Unavailable
from shop.partner.stock import StockRecord


class Selector:
    """Oscar asks it for a strategy; every visitor gets the same."""

    def strategy(self, request: Any = None, user: Any = None, **kwargs: Any) -> "Default":
        return Default(request)


class Default(strategy.Structured):
    """`StockRecord.current_price()` in whole đồng, tax included; what is left of live products.

    The buyer pays one amount (Luật Giá 2023), so the price without tax is the same number; tax
    is worked out for the invoice, not here.
    """

    def fetch_for_line(self, line: Any, stockrecord: StockRecord | None = None) -> Any:
        """The stock record that the line was made with, without asking for it again.

        A box that its buyer filled is priced by that filling, a line of an accepted quote by what
        was agreed.
        """
        product = line.product
        if product.is_gift_box:
            info = self.fetch_for_box(contents_of(product, line.design))
        else:
            info = self.fetch_for_product(product, line.stockrecord)
        if line.agreed_price is not None:
            agreed = FixedPrice("VND", to_dong(line.agreed_price), tax=to_dong(0))
            return info._replace(price=agreed)
        return info

    def fetch_for_box(self, contents: Contents) -> Any:
        """Price and stock of a gift box, by what is in it."""
        amount = contents.price
        price = NoPrice() if amount is None else FixedPrice("VND", amount, tax=to_dong(0))
        return strategy.PurchaseInfo(
            price=price, availability=_of_box(contents), stockrecord=contents.record
        )

    def fetch_for_product(self, product: Product, stockrecord: StockRecord | None = None) -> Any:
        if product.is_gift_box:
            return self.fetch_for_box(contents_of(product))
        if stockrecord is None:
            stockrecord = self.select_stockrecord(product)
        if stockrecord is not None:
            # Price and stock rules read the product: the one in hand, not a fresh copy.
            stockrecord.product = product
        return super().fetch_for_product(product, stockrecord)

    def select_stockrecord(self, product: Product) -> StockRecord | None:
        """The cheapest of those that have something left, else of all."""
        records = list(product.stockrecords.all())
        for record in records:
            record.product = product
        priced = [record for record in records if record.price is not None]
        filled = [record for record in priced if record.net_stock_level > 0]
        return min(filled or priced, key=_price_of, default=None)

    def select_children_stockrecords(
        self, product: Product
    ) -> list[tuple[Product, StockRecord | None]]:
        return [(child, self.select_stockrecord(child)) for child in variants_of(product)]

    def pricing_policy(self, product: Product, stockrecord: StockRecord | None) -> Any:
        price = stockrecord.current_price() if stockrecord is not None else None
        if stockrecord is None or price is None:
            return NoPrice()
        return FixedPrice(stockrecord.price_currency, to_dong(price), tax=to_dong(0))

    def parent_pricing_policy(
        self, product: Product, children_stock: list[tuple[Product, StockRecord | None]]
    ) -> Any:
        """The lowest child's, whichever was entered first."""
        prices = [self.pricing_policy(child, record) for child, record in children_stock]
        return min(
            (price for price in prices if price.exists),
            key=lambda price: price.incl_tax,
            default=NoPrice(),
        )

    def availability_policy(self, product: Product, stockrecord: StockRecord | None) -> Any:
        if stockrecord is None or stockrecord.current_price() is None:
            return Unavailable()
        if not is_for_sale(product):
            return Unavailable()
        if not product.get_product_class().track_stock:
            return Available()
        return StockRequired(stockrecord.net_stock_level)

    def parent_availability_policy(
        self, product: Product, children_stock: list[tuple[Product, StockRecord | None]]
    ) -> Any:
        policies = (self.availability_policy(child, record) for child, record in children_stock)
        return next((policy for policy in policies if policy.is_available_to_buy), Unavailable())


def _of_box(contents: Contents) -> Any:
    if contents.price is None or not is_for_sale(contents.box):
        return Unavailable()
    if contents.is_to_be_filled:
        return BoxUnavailable(_("Hãy chọn món cho từng ngăn của hộp."))
    if contents.trouble is not None:
        return BoxUnavailable(contents.trouble.words)
    return Available() if contents.left is None else StockRequired(contents.left)


def _price_of(record: StockRecord) -> Any:
    return record.current_price()


def is_for_sale(product: Product) -> bool:
    """Live and not archived, and so is the parent of a variant."""
    own = product.live and product.archived_at is None
    if product.is_child:
        return own and is_for_sale(product.parent)
    return own

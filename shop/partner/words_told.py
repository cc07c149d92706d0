"""Whether an order changes a word about stock that visitors read."""

from collections.abc import Iterable

from django.apps import apps

from catalogue.stock_words import FEW_LEFT
from shop.pagecache.watching import tell

#: With more pieces left no word changes, of a box with a dozen of them either.
FEW_PIECES = 12 * FEW_LEFT


def words_change(before: int, after: int, quantities: Iterable[int]) -> bool:
    """Whether it reads otherwise, by itself or in a box that holds so many of it."""
    return any(_read(before // each) != _read(after // each) for each in {1, *quantities})


def _read(left: int) -> int:
    """What the words depend on: the count of the last few."""
    return min(max(left, 0), FEW_LEFT + 1)


def tell_if_words_change(pk: int, change: int) -> None:
    """After the commit: `change` more (fewer) of this stock record can be bought than before."""
    records = apps.get_model("partner", "StockRecord")._default_manager
    row = records.with_left().filter(pk=pk).values_list("product", "left").first()
    if row is None:
        return
    product, left = row
    items = apps.get_model("catalogue", "BoxItem")._default_manager
    quantities = items.filter(product=product).values_list("quantity", flat=True)
    if words_change(left - change, left, quantities):
        tell()

"""The shelf: every listed product with what filters and orders ask of it, as sets of bits.

One bit stands for one product, so that counting a filter's options is arithmetic on whole
numbers: a listing of 100,000 products counts as fast as one of nine. A small shop's shelf is
read afresh for each page; a large one is kept for a minute, so its counts may lag that long.
"""

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from catalogue.browse.selection import ON, Facet, Selection, Sort
from catalogue.models import Category, Product
from catalogue.models.label import FreightClass
from catalogue.seasons import in_season
from catalogue.text import fold

#: From this many products on the shelf is kept.
KEPT_FROM = 2000
KEPT_SECONDS = 60

#: Price bands, đồng: the parameter, the least and the first price above.
PRICE_BANDS: tuple[tuple[str, Decimal, Decimal | None], ...] = (
    ("duoi-50", Decimal(0), Decimal(50_000)),
    ("50-100", Decimal(50_000), Decimal(100_000)),
    ("100-200", Decimal(100_000), Decimal(200_000)),
    ("200-500", Decimal(200_000), Decimal(500_000)),
    ("tren-500", Decimal(500_000), None),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One listed product, as far as filters and orders look at it."""

    pk: int
    title: str
    created: datetime
    price: Decimal | None
    stars: int
    in_season: bool
    in_stock: bool


class Shelf:
    """Products in the default order, and for each option of each filter the set of its bits."""

    def __init__(self, rows: list[Row], options: dict[Facet, dict[str, int]], alcohol: int) -> None:
        self.rows = rows
        self.options = options
        self.alcohol = alcohol
        self.everything = (1 << len(rows)) - 1

    def matching(self, selection: Selection, *, leaving_out: Facet | None = None) -> int:
        """Products that have one chosen value of every filter (but `leaving_out`)."""
        found = self.everything
        for facet, values in selection.chosen.items():
            if facet != leaving_out:
                found &= self.having(facet, values)
        return found

    def having(self, facet: Facet, values: Iterable[str]) -> int:
        """Products with any of these values; none for a value that nothing has."""
        bits = 0
        for value in values:
            bits |= self.options[facet].get(value, 0)
        return bits

    def ordered(self, bits: int, sort: Sort) -> list[int]:
        """Keys of the products of `bits`, in the order asked for."""
        rows = [self.rows[i] for i, bit in enumerate(reversed(f"{bits:b}")) if bit == "1"]
        if sort == Sort.NEWEST:
            rows.sort(key=lambda row: row.created, reverse=True)
        elif sort == Sort.CHEAPEST:
            rows.sort(key=lambda row: (row.price is None, row.price or 0))
        elif sort == Sort.DEAREST:
            rows.sort(key=lambda row: (row.price is None, -(row.price or 0)))
        elif sort == Sort.STARS:
            rows.sort(key=lambda row: -row.stars)
        elif sort == Sort.NAME:
            rows.sort(key=lambda row: row.title)
        return [row.pk for row in rows]


def load_shelf(day: date | None = None) -> Shelf:
    """Read the shelf as it is on `day` (today). Three queries."""
    day = day or timezone.localdate()
    products = list(
        Product.objects.listed()
        .with_stars(day)
        .with_availability()
        .with_lowest_price()
        .values(
            "pk",
            "title",
            "date_created",
            "lowest_price",
            "stars_today",
            "is_available",
            "season_mask",
            "gift_ready",
            "freight_class",
            "abv",
            "producer__slug",
            "origin_id",
        )
    )
    # The default order: what can be bought, what is in season, then the newest.
    products.sort(key=lambda p: p["date_created"], reverse=True)
    products.sort(key=lambda p: (not p["is_available"], not in_season(p["season_mask"], day)))
    groups = _groups_of_products()
    rows: list[Row] = []
    places: dict[Facet, dict[str, list[int]]] = {facet: defaultdict(list) for facet in Facet}
    alcohol: list[int] = []
    for index, product in enumerate(products):
        now_in_season = in_season(product["season_mask"], day)
        row = Row(
            product["pk"],
            fold(product["title"]),
            product["date_created"],
            product["lowest_price"],
            product["stars_today"],
            now_in_season,
            product["is_available"],
        )
        rows.append(row)
        if product["abv"]:
            alcohol.append(index)
        for facet, value in _values(row, product):
            places[facet][value].append(index)
        for slug in groups.get(row.pk, ()):
            places[Facet.GROUP][slug].append(index)
    options = {
        facet: {value: bits_at(indexes) for value, indexes in values.items()}
        for facet, values in places.items()
    }
    return Shelf(rows, options, bits_at(alcohol))


def bits_at(indexes: list[int]) -> int:
    """A number with these bits set; `indexes` rise."""
    if not indexes:
        return 0
    octets = bytearray(indexes[-1] // 8 + 1)
    for index in indexes:
        octets[index >> 3] |= 1 << (index & 7)
    return int.from_bytes(octets, "little")


def _values(row: Row, product: dict) -> Iterable[tuple[Facet, str]]:
    if row.stars:
        yield Facet.STARS, str(row.stars)
    if product["producer__slug"]:
        yield Facet.PRODUCER, product["producer__slug"]
    if product["origin_id"]:
        yield Facet.COMMUNE, product["origin_id"]
    if row.price is not None:
        yield Facet.PRICE, price_band(row.price)
    if row.in_season and product["season_mask"]:
        yield Facet.IN_SEASON, ON
    if row.in_stock:
        yield Facet.IN_STOCK, ON
    if product["gift_ready"]:
        yield Facet.GIFT, ON
    if product["freight_class"] == FreightClass.CHILLED:
        yield Facet.CHILLED, ON


def price_band(price: Decimal) -> str:
    return next(
        code
        for code, least, above in PRICE_BANDS
        if price >= least and (not above or price < above)
    )


def _groups_of_products() -> dict[int, set[str]]:
    """Slugs of the groups that a product is in, those above them too."""
    slug_at = dict(Category.objects.values_list("path", "slug"))
    step = Category.steplen
    found: dict[int, set[str]] = defaultdict(set)
    through = Product.categories.through.objects.values_list("product_id", "category__path")
    for product_id, path in through:
        for end in range(step, len(path) + 1, step):
            if slug := slug_at.get(path[:end]):
                found[product_id].add(slug)
    return found


_kept: dict[date, tuple[float, Shelf]] = {}


def shelf_today() -> Shelf:
    """Today's shelf: read now, or kept for at most a minute where the shop is large."""
    today = timezone.localdate()
    if today in _kept:
        kept_at, shelf = _kept[today]
        if time.monotonic() - kept_at < KEPT_SECONDS:
            return shelf
    shelf = load_shelf(today)
    _kept.clear()
    if len(shelf.rows) >= KEPT_FROM:
        _kept[today] = (time.monotonic(), shelf)
    return shelf

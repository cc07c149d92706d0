"""The shelf: every listed product with what filters and orders ask of it, as sets of bits.

One bit stands for one product, so that counting a filter's options is arithmetic on whole
numbers: a listing of 100,000 products counts as fast as one of nine. Each process keeps a shelf
and mends it by the log of listing changes before it is used (`catalogue.browse.keeping`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from sys import intern
from typing import Any

from django.apps import apps
from django.utils import timezone

from catalogue.boxes.contents import contents_of, load_contents
from catalogue.browse.selection import ON, Facet, Selection, Sort
from catalogue.classes import GIFT_BOX
from catalogue.models import Category, Product
from catalogue.models.label import FreightClass
from catalogue.seasons import in_season
from catalogue.text import fold

#: Price bands, đồng: the parameter, the least and the first price above.
PRICE_BANDS: tuple[tuple[str, Decimal, Decimal | None], ...] = (
    ("duoi-50", Decimal(0), Decimal(50_000)),
    ("50-100", Decimal(50_000), Decimal(100_000)),
    ("100-200", Decimal(100_000), Decimal(200_000)),
    ("200-500", Decimal(200_000), Decimal(500_000)),
    ("tren-500", Decimal(500_000), None),
)
#: Looking at so many places in passing is as much work as sorting one.
WALK = 20


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
    is_alcohol: bool
    values: tuple[tuple[Facet, str], ...]

    @property
    def default_key(self) -> tuple[bool, bool, float]:
        """What can be bought, what is in season, then the newest."""
        return not self.in_stock, not self.in_season, -self.created.timestamp()


#: What an order compares before it falls back on the default order.
SORT_KEYS: dict[Sort, Callable[[Row], Any]] = {
    Sort.NEWEST: lambda row: -row.created.timestamp(),
    Sort.CHEAPEST: lambda row: (row.price is None, row.price or 0),
    Sort.DEAREST: lambda row: (row.price is None, -(row.price or 0)),
    Sort.STARS: lambda row: -row.stars,
    Sort.NAME: lambda row: row.title,
}


@dataclass(frozen=True)
class Names:
    """What groups, producers and communes are called: told with the shelf, not asked each time."""

    categories: list[Category] = field(default_factory=list)
    producers: dict[str, Any] = field(default_factory=dict)
    wards: dict[str, Any] = field(default_factory=dict)


class Shelf:
    """Products by place, and for each option of each filter the set of its places as bits.

    Never changed once made: `mended` makes another one.
    """

    def __init__(
        self,
        rows: list[Row | None],
        options: dict[Facet, dict[str, int]],
        everything: int,
        alcohol: int,
        names: Names,
    ) -> None:
        self.rows = rows
        self.options = options
        self.everything = everything
        self.alcohol = alcohol
        self.names = names
        self._orders: dict[Sort, Sequence[int]] = {}
        self._ranks: dict[Sort, list[int]] = {}
        self._places: dict[int, int] | None = None
        self._counts: dict[tuple[Facet, bool], dict[str, int]] = {}
        #: What was drawn of this shelf and of nothing else, by what decided about it.
        self.drawn: dict[tuple[str, ...], str] = {}

    @property
    def size(self) -> int:
        return self.everything.bit_count()

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

    def counts(self, facet: Facet, *, with_alcohol: bool) -> dict[str, int]:
        """How many have each value of this filter: counted once while the shelf is kept."""
        key = facet, with_alcohol
        if key not in self._counts:
            allowed = self.everything if with_alcohol else self.everything & ~self.alcohol
            values = self.options[facet].items()
            self._counts[key] = {value: (bits & allowed).bit_count() for value, bits in values}
        return self._counts[key]

    def ordered(self, bits: int, sort: Sort, start: int = 0, end: int | None = None) -> list[int]:
        """Keys of the products of `bits` in the order asked for, from `start` to before `end`."""
        count = bits.bit_count()
        if not count:
            return []
        steps = count if end is None else min(count, end)
        # Walking along all ends once enough are found; sorting what was found takes them all.
        if steps * len(self.rows) > count * count * WALK:
            ranks = self._rank(sort)
            places: Iterable[int] = sorted(places_of(bits), key=ranks.__getitem__)
        else:
            octets = bits.to_bytes(len(self.rows) // 8 + 1, "little")
            places = (i for i in self._order(sort) if octets[i >> 3] >> (i & 7) & 1)
        rows = (self.rows[i] for i in islice(places, start, end))
        return [row.pk for row in rows if row]

    def _order(self, sort: Sort) -> Sequence[int]:
        """Places in this order, sorted once for as long as the shelf is kept."""
        if sort not in self._orders:
            rows = self.rows
            if sort == Sort.DEFAULT:
                held = [(row.default_key, i) for i, row in enumerate(rows) if row]
                self._orders[sort] = [i for _key, i in sorted(held)]
            else:
                key = SORT_KEYS[sort]
                held = [(key(rows[i]), i) for i in self._order(Sort.DEFAULT)]  # type: ignore[arg-type]
                held.sort(key=lambda pair: pair[0])
                self._orders[sort] = [i for _key, i in held]
        return self._orders[sort]

    def _rank(self, sort: Sort) -> list[int]:
        if sort not in self._ranks:
            ranks = [0] * len(self.rows)
            for rank, place in enumerate(self._order(sort)):
                ranks[place] = rank
            self._ranks[sort] = ranks
        return self._ranks[sort]

    @property
    def _place_of(self) -> dict[int, int]:
        if self._places is None:
            self._places = {row.pk: place for place, row in enumerate(self.rows) if row}
        return self._places

    def row_of(self, key: int) -> Row | None:
        """What the shelf knows of one product; None when it is not listed."""
        place = self._place_of.get(key)
        return None if place is None else self.rows[place]

    def mended(self, keys: Iterable[int], found: Iterable[Row]) -> "Shelf":
        """The shelf with these products as `found` tells, those not found taken off."""
        rows, places = list(self.rows), dict(self._place_of)
        options = {facet: dict(values) for facet, values in self.options.items()}
        everything, alcohol = self.everything, self.alcohol
        now = {row.pk: row for row in found}
        same_order = True
        for key in set(keys):
            place = places.get(key)
            before = rows[place] if place is not None else None
            after = now.get(key)
            if before == after:
                continue
            if place is None:
                place = places[key] = len(rows)
                rows.append(None)
            bit = 1 << place
            if before:
                everything &= ~bit
                alcohol &= ~bit
                for facet, value in before.values:
                    options[facet][value] &= ~bit
            if after:
                everything |= bit
                alcohol |= bit if after.is_alcohol else 0
                for facet, value in after.values:
                    options[facet][value] = options[facet].get(value, 0) | bit
            rows[place] = after
            same_order = same_order and before is not None and _sorts_as(before, after)
        mended = Shelf(rows, options, everything, alcohol, self.names)
        mended._places = places
        if same_order:
            mended._orders, mended._ranks = self._orders, self._ranks
        return mended

    def renamed(self, names: Names) -> "Shelf":
        """The same goods under other names."""
        shelf = Shelf(self.rows, self.options, self.everything, self.alcohol, names)
        shelf._orders, shelf._ranks, shelf._places = self._orders, self._ranks, self._places
        return shelf


def _sorts_as(before: Row, after: Row | None) -> bool:
    return (
        after is not None
        and before.default_key == after.default_key
        and all(key(before) == key(after) for key in SORT_KEYS.values())
    )


def places_of(bits: int) -> Iterator[int]:
    """Numbers of the bits that are set, rising."""
    text = f"{bits:b}"[::-1]
    place = text.find("1")
    while place >= 0:
        yield place
        place = text.find("1", place + 1)


def load_shelf(day: date | None = None) -> Shelf:
    """Read the whole shelf as it is on `day` (today)."""
    rows = read_rows(day or timezone.localdate())
    places: dict[Facet, dict[str, list[int]]] = {facet: defaultdict(list) for facet in Facet}
    for place, row in enumerate(rows):
        for facet, value in row.values:
            places[facet][value].append(place)
    options = {
        facet: {value: bits_at(held) for value, held in values.items()}
        for facet, values in places.items()
    }
    alcohol = bits_at([place for place, row in enumerate(rows) if row.is_alcohol])
    return Shelf([*rows], options, (1 << len(rows)) - 1, alcohol, read_names(options))


def read_rows(day: date, keys: Iterable[int] | None = None) -> list[Row]:
    """Listed products as they are on `day`, all or those of `keys`.

    Three queries, and for gift boxes six more.
    """
    listed = Product.objects.listed()
    if keys is not None:
        listed = listed.filter(pk__in=keys)
    products = (
        listed.with_stars(day)
        .with_availability()
        .with_lowest_price()
        .order_by()
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
            "product_class__slug",
        )
    )
    groups = _groups_of_products(keys)
    rows = [*products]
    _ask_boxes([row for row in rows if row["product_class__slug"] == GIFT_BOX])
    return [_row(product, groups.get(product["pk"], ()), day) for product in rows]


def _ask_boxes(rows: list[dict[str, Any]]) -> None:
    """Price and stock of gift boxes are what their contents make them."""
    boxes = Product.objects.filter(pk__in=[row["pk"] for row in rows]).select_related(
        "product_class"
    )
    found = {box.pk: box for box in boxes} if rows else {}
    load_contents(found.values())
    for row in rows:
        contents = contents_of(found[row["pk"]])
        row["lowest_price"] = contents.price
        row["is_available"] = contents.left is None or contents.left > 0


def _row(product: dict[str, Any], groups: Iterable[str], day: date) -> Row:
    return Row(
        product["pk"],
        fold(product["title"]),
        product["date_created"],
        product["lowest_price"],
        product["stars_today"],
        in_season(product["season_mask"], day),
        product["is_available"],
        bool(product["abv"]),
        (*_values(product, day), *((Facet.GROUP, intern(slug)) for slug in sorted(groups))),
    )


def bits_at(indexes: list[int]) -> int:
    """A number with these bits set; `indexes` rise."""
    if not indexes:
        return 0
    octets = bytearray(indexes[-1] // 8 + 1)
    for index in indexes:
        octets[index >> 3] |= 1 << (index & 7)
    return int.from_bytes(octets, "little")


def _values(product: dict[str, Any], day: date) -> Iterator[tuple[Facet, str]]:
    price, season = product["lowest_price"], product["season_mask"]
    if product["stars_today"]:
        yield Facet.STARS, str(product["stars_today"])
    if product["producer__slug"]:
        yield Facet.PRODUCER, intern(product["producer__slug"])
    if product["origin_id"]:
        yield Facet.COMMUNE, intern(product["origin_id"])
    if price is not None:
        yield Facet.PRICE, price_band(price)
    if season and in_season(season, day):
        yield Facet.IN_SEASON, ON
    if product["is_available"]:
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


def _groups_of_products(keys: Iterable[int] | None) -> dict[int, set[str]]:
    """Slugs of the groups that a product is in, those above them too."""
    slug_at = dict(Category.objects.values_list("path", "slug"))
    step = Category.steplen
    found: dict[int, set[str]] = defaultdict(set)
    through = Product.categories.through.objects.all()
    if keys is not None:
        through = through.filter(product__in=keys)
    for product_id, path in through.values_list("product_id", "category__path"):
        for end in range(step, len(path) + 1, step):
            if slug := slug_at.get(path[:end]):
                found[product_id].add(slug)
    return found


def read_names(options: dict[Facet, dict[str, int]]) -> Names:
    """Public groups in the order of the tree, producers and communes of what is listed."""
    producers = apps.get_model("partner", "Partner").objects.filter(
        slug__in=options[Facet.PRODUCER].keys()
    )
    wards = apps.get_model("places", "Ward").objects.filter(pk__in=options[Facet.COMMUNE].keys())
    return Names(
        categories=listed_categories(),
        producers={producer.slug: producer for producer in producers},
        wards={ward.pk: ward for ward in wards.order_by("folded")},
    )


def listed_categories() -> list[Category]:
    """The public groups in the order of the tree, those under a closed trade left out."""
    return list(Category.objects.browsable().order_by("path"))

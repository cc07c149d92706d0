"""Hits made ready to be shown: live cards for goods, a line with its words for the rest."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from catalogue.age import has_confirmed_age
from catalogue.cards import Card, cards_by_key
from catalogue.lookup.backends.base import Row
from catalogue.lookup.highlighting import highlighted
from catalogue.lookup.models import Entry, Kind
from catalogue.lookup.products import PRODUCTS
from catalogue.lookup.search import Found
from catalogue.models import Category, Product
from catalogue.translation import wants_english

#: Results a page of one kind shows.
RESULTS_A_PAGE = 24
#: Hits of a kind that the page of all kinds shows before its "see all".
GOODS_AT_FIRST, OTHERS_AT_FIRST = 12, 3
#: Goods shown to somebody who found nothing.
OFFERED = 4
#: Of the most bought, how many are looked at for some that are in season.
LOOKED_AT = 100
_GOODS = (Kind.PRODUCT, Kind.BOX)


@dataclass(frozen=True)
class Line:
    """A hit that is no card: a story, a place, a producer, a gift page."""

    url: str
    name: SafeString
    lead: SafeString


@dataclass(frozen=True)
class Section:
    """Hits of one kind in their order; `more` are those left for the page of the kind."""

    kind: Kind
    count: int
    cards: list[Card]
    lines: list[Line]

    @property
    def more(self) -> int:
        return self.count - len(self.cards) - len(self.lines)


def url_of(row: Row) -> str:
    """Its page in the visitor's language."""
    return reverse(row.route, kwargs={"slug": row.address}) if row.route else row.address


def name_of(row: Row) -> str:
    return (row.name_en if wants_english() else "") or row.name


def line_of(row: Row, words: tuple[str, ...]) -> Line:
    lead = (row.lead_en if wants_english() else "") or row.lead
    return Line(url_of(row), highlighted(name_of(row), words), highlighted(lead, words))


def overview(request: HttpRequest, found: Found) -> list[Section]:
    """The first hits of each kind; the kind with the best hit first."""
    kinds = list(dict.fromkeys(row.kind for row in found.hits))
    shown: list[Row] = []
    for kind in kinds:
        most = GOODS_AT_FIRST if Kind(kind) in _GOODS else OTHERS_AT_FIRST
        shown += [row for row in found.hits if row.kind == kind][:most]
    return sections(request, shown, found.counts, found.words)


def sections(
    request: HttpRequest, rows: Iterable[Row], counts: Counter[str], words: tuple[str, ...]
) -> list[Section]:
    """`rows` by kind, in the order in which the kinds come."""
    rows = list(rows)
    cards = _cards(request, [row.key for row in rows if row.source == PRODUCTS.code], words)
    by_kind: dict[str, Section] = {}
    for row in rows:
        section = by_kind.setdefault(row.kind, Section(Kind(row.kind), counts[row.kind], [], []))
        if row.source != PRODUCTS.code:
            section.lines.append(line_of(row, words))
        elif card := cards.get(row.key):
            section.cards.append(card)
    return list(by_kind.values())


def _cards(request: HttpRequest, keys: list[int], words: tuple[str, ...]) -> dict[int, Card]:
    """What is true of them this minute: an entry may be a moment behind."""
    if not keys:
        return {}
    cards = cards_by_key(keys, with_alcohol=has_confirmed_age(request))
    return {card.product.pk: card.with_marks(highlighted(card.title, words)) for card in cards}


def offered() -> list[Card]:
    """What can be bought now and is in season, most bought first, for who found nothing."""
    entries = Entry.objects.filter(
        source=PRODUCTS.code, is_available=True, is_alcohol=False
    ).order_by("-popularity", "-key")
    keys = list(entries.values_list("key", flat=True)[:LOOKED_AT])
    products = Product.objects.listed().without_alcohol().in_season().filter(pk__in=keys)
    place = {key: number for number, key in enumerate(keys)}
    best = sorted(products.values_list("pk", flat=True), key=lambda key: place[key])[:OFFERED]
    return cards_by_key(best)


def groups() -> list[Category]:
    """The trades, to look around in."""
    return list(Category.objects.filter(depth=1).order_by("path"))

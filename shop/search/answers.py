"""What the search page shows, goods by their keys: worked out once for each edition of the index.

Nothing here is one visitor's: it comes from the words, what may be seen, and the entries alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalogue.lookup.backends.base import MOST_COUNTED, Row
from catalogue.lookup.editions import kept_while
from catalogue.lookup.highlighting import highlighted
from catalogue.lookup.models import Edition, Kind
from catalogue.lookup.products import PRODUCTS
from catalogue.lookup.search import Found, search
from catalogue.lookup.suggesting import suggest
from catalogue.lookup.wanted import Scope
from catalogue.translation import wants_english

#: Results a page of one kind shows.
RESULTS_A_PAGE = 24
#: Hits of a kind that the page of all kinds shows before its "see all".
GOODS_AT_FIRST, OTHERS_AT_FIRST = 12, 3
_GOODS = (Kind.PRODUCT, Kind.BOX)
#: Answers and lists of suggestions that a process keeps, some ten kilobytes and two.
MOST_ANSWERS, MOST_SUGGESTIONS = 500, 1000


@dataclass(frozen=True)
class Part:
    """Hits of one kind in their order; `count` is how many there are in all.

    Goods by key. Stories, places, producers, gift pages are no cards: `others` of them, drawn.
    `label` names the kind, `see_all` leads to all of it.
    """

    kind: str
    label: str
    count: int
    keys: tuple[int, ...]
    others: int
    drawn: str
    see_all: str


@dataclass(frozen=True)
class Tab:
    """A kind that was found, to look at alone."""

    kind: str
    label: str
    is_shown: bool


@dataclass(frozen=True)
class Answer:
    """`kind` is the one that is shown, empty for all of them; `page` is a page of that kind.
    `counted` is the total in words. The rest is as `Found` has it."""

    kind: str
    total: int
    counted: str
    corrected: str
    words: tuple[str, ...]
    known: tuple[str, ...]
    tabs: tuple[Tab, ...]
    parts: tuple[Part, ...]
    page: "Page[int] | None"


@kept_while(Edition.Part.ENTRIES, most=MOST_ANSWERS)
def answer_to(words: str, scope: Scope, kind: str = "", page: str = "") -> Answer:
    """What to show for these folded words, in the language of `scope`, which is the active one.

    A `kind` of which there is nothing is left for all of them.
    """
    found = search(words, scope, kind)
    if kind and found.total and not found.counts[kind]:
        kind, found = "", search(words, scope)
    shown: Page[int] | None = None
    if kind:
        shown = Paginator(range(len(found.hits)), RESULTS_A_PAGE).get_page(page)
        rows = [found.hits[place] for place in shown]
    else:
        rows = [*_first_of_each(found)]
    return Answer(
        kind,
        found.total,
        _counted(found.total),
        found.corrected,
        found.words,
        found.known,
        _tabs(found, kind),
        _parts(rows, found),
        shown,
    )


@kept_while(Edition.Part.ENTRIES, most=MOST_SUGGESTIONS)
def drawn_suggestions(words: str, scope: Scope) -> SafeString:
    """Options of the search box's list for these folded words; none for a single letter."""
    suggested = suggest(words, scope)
    options = [
        {
            "url": url_of(row),
            "marked": highlighted(name_of(row), suggested.words),
            "kind": Kind(row.kind).label,
        }
        for row in suggested.rows
    ]
    context = {"options": options, "corrected": suggested.corrected}
    return render_to_string("search/suggestions.html", context)


def url_of(row: Row) -> str:
    """Its page in the visitor's language."""
    return reverse(row.route, kwargs={"slug": row.address}) if row.route else row.address


def name_of(row: Row) -> str:
    return (row.name_en if wants_english() else "") or row.name


def _first_of_each(found: Found) -> Iterator[Row]:
    """The first hits of each kind; the kind with the best hit first."""
    for kind in dict.fromkeys(row.kind for row in found.hits):
        most = GOODS_AT_FIRST if Kind(kind) in _GOODS else OTHERS_AT_FIRST
        yield from [row for row in found.hits if row.kind == kind][:most]


def _parts(rows: Iterable[Row], found: Found) -> tuple[Part, ...]:
    """`rows` by kind, in the order in which the kinds come."""
    by_kind: dict[str, list[Row]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    return tuple(_part(Kind(kind), hits, found) for kind, hits in by_kind.items())


def _part(kind: Kind, hits: list[Row], found: Found) -> Part:
    keys = tuple(row.key for row in hits if row.source == PRODUCTS.code)
    lines = [_line(row, found.words) for row in hits if row.source != PRODUCTS.code]
    drawn = render_to_string("search/lines.html", {"lines": lines}) if lines else ""
    count, label = found.counts[kind], str(kind.label)
    see_all = _("Xem cả %(n)s (%(what)s)") % {"n": _counted(count), "what": label}
    return Part(kind.value, label, count, keys, len(lines), drawn, see_all)


def _line(row: Row, words: tuple[str, ...]) -> dict[str, str]:
    lead = (row.lead_en if wants_english() else "") or row.lead
    return {
        "url": url_of(row),
        "name": highlighted(name_of(row), words),
        "lead": highlighted(lead, words),
    }


def _tabs(found: Found, kind: str) -> tuple[Tab, ...]:
    tabs = tuple(
        Tab(each.value, f"{each.label} ({_counted(found.counts[each])})", each.value == kind)
        for each in Kind
        if found.counts[each]
    )
    return tabs if len(tabs) > 1 or kind else ()


def _counted(found: int) -> str:
    """How many there are, or that there are more than a search counts for certain."""
    if found <= MOST_COUNTED:
        return str(found)
    return _("hơn %(n)s") % {"n": number_format(MOST_COUNTED, force_grouping=True)}

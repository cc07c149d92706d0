"""What a visitor asked a listing for, read from the address and written back to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class Facet(StrEnum):
    """Kinds of filter; the value is the parameter in the address."""

    GROUP = "nhom"
    STARS = "sao"
    PRODUCER = "nsx"
    COMMUNE = "xa"
    PRICE = "gia"
    IN_SEASON = "mua"
    IN_STOCK = "con"
    GIFT = "qua"
    CHILLED = "lanh"


#: Filters that are on or off.
SWITCHES = (Facet.IN_SEASON, Facet.IN_STOCK, Facet.GIFT, Facet.CHILLED)
ON = "1"
SORT_PARAM, PAGE_PARAM = "sap", "trang"


class Sort(StrEnum):
    DEFAULT = "mac-dinh"
    NEWEST = "moi"
    CHEAPEST = "gia-tang"
    DEAREST = "gia-giam"
    STARS = "sao"
    NAME = "ten"


SORT_NAMES = {
    Sort.DEFAULT: _("Còn hàng, đang mùa trước"),
    Sort.NEWEST: _("Mới nhất"),
    Sort.CHEAPEST: _("Giá thấp đến cao"),
    Sort.DEAREST: _("Giá cao đến thấp"),
    Sort.STARS: _("Hạng sao OCOP"),
    Sort.NAME: _("Tên A đến Z"),
}
#: More values of one filter than a person ticks only slow the page down.
MOST_VALUES = 20


@dataclass(frozen=True)
class Selection:
    """Chosen values by filter, order and page. Nonsense in the address is left out, not refused."""

    chosen: dict[Facet, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.DEFAULT
    page: int = 1

    @classmethod
    def from_query(cls, query: QueryDict) -> "Selection":
        chosen = {}
        for facet in Facet:
            # PostgreSQL takes no NUL, and no value of ours has one.
            asked = (value for value in query.getlist(facet) if value and "\0" not in value)
            values = tuple(dict.fromkeys(asked))[:MOST_VALUES]
            if facet in SWITCHES:
                values = (ON,) if ON in values else ()
            if values:
                chosen[facet] = values
        sort = query.get(SORT_PARAM, "")
        page = query.get(PAGE_PARAM, "")
        return cls(
            chosen,
            Sort(sort) if sort in set(Sort) else Sort.DEFAULT,
            max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        )

    def values(self, facet: Facet) -> tuple[str, ...]:
        return self.chosen.get(facet, ())

    def has(self, facet: Facet, value: str) -> bool:
        return value in self.values(facet)

    @property
    def is_filtered(self) -> bool:
        return bool(self.chosen)

    def with_values(self, facet: Facet, values: Iterable[str]) -> "Selection":
        """The same with other values of one filter, back on the first page."""
        chosen = {key: old for key, old in self.chosen.items() if key != facet}
        if new := tuple(values):
            chosen[facet] = new
        return replace(self, chosen=chosen, page=1)

    def without(self, facet: Facet, value: str) -> "Selection":
        return self.with_values(facet, (v for v in self.values(facet) if v != value))

    def on_page(self, page: int) -> "Selection":
        return replace(self, page=page)

    def query_string(self) -> str:
        """`?sao=4&trang=2`, empty for everything in the default order; the same for the same."""
        pairs = [(facet.value, v) for facet in Facet for v in self.values(facet)]
        if self.sort != Sort.DEFAULT:
            pairs.append((SORT_PARAM, self.sort.value))
        if self.page > 1:
            pairs.append((PAGE_PARAM, str(self.page)))
        return f"?{urlencode(pairs)}" if pairs else ""

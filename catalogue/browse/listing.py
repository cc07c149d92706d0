"""A page of products: what was asked for, found, counted, ordered and cut to a page."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property

from catalogue.browse.facets import Chip, Facets
from catalogue.browse.selection import SORT_NAMES, Facet, Selection
from catalogue.browse.shelf import Shelf
from catalogue.cards import Card, cards_by_key
from catalogue.models import Category

PAGE_SIZE = 24
#: Page links on each side of the current one.
NEARBY = 2


@dataclass(frozen=True)
class PageLink:
    """A link to a page of the listing; number None is a gap."""

    number: int | None
    url: str = ""
    is_here: bool = False


class Listing:
    """What `selection` finds on the shelf for this visitor, under the address `path`.

    `group`: the listing is a group's own page, and the group part of `path`, not of the query.
    """

    def __init__(
        self,
        shelf: Shelf,
        selection: Selection,
        *,
        path: str,
        shows_alcohol: bool,
        group: Category | None = None,
    ) -> None:
        self.shelf = shelf
        self.path = path
        self.group = group
        self.shows_alcohol = shows_alcohol
        if group:
            page = selection.page
            selection = selection.with_values(Facet.GROUP, [group.slug]).on_page(page)
        self.selection = selection
        allowed = shelf.everything if shows_alcohol else shelf.everything & ~shelf.alcohol
        self.found = shelf.matching(selection) & allowed
        #: Drinks that match, but are not shown before the visitor says to be grown up.
        self.hidden_alcohol = (
            0 if shows_alcohol else (shelf.matching(selection) & shelf.alcohol).bit_count()
        )
        self.facets = Facets(shelf, selection, allowed)

    @property
    def total(self) -> int:
        return self.found.bit_count()

    @property
    def page_count(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def page(self) -> int:
        """The asked page, or the last one there is."""
        return min(self.selection.page, self.page_count)

    @cached_property
    def cards(self) -> list[Card]:
        start = (self.page - 1) * PAGE_SIZE
        keys = self.shelf.ordered(self.found, self.selection.sort, start, start + PAGE_SIZE)
        return cards_by_key(keys)

    @property
    def sorts(self) -> list[dict[str, Any]]:
        return [
            {"value": sort.value, "name": name, "is_on": sort == self.selection.sort}
            for sort, name in SORT_NAMES.items()
        ]

    @property
    def filters_key(self) -> tuple[str, ...]:
        """What decides, beside the shelf, how the filters look: the same on every page of it."""
        asked = self.selection.on_page(1).query_string()
        return self.path, asked, "18+" if self.shows_alcohol else ""

    @property
    def page_key(self) -> tuple[str, ...]:
        """What decides, beside the shelf, what is said around the products of this page."""
        return *self.filters_key, str(self.page)

    @cached_property
    def chips(self) -> list[Chip]:
        return self.facets.chips(self.path, fixed=Facet.GROUP if self.group else None)

    @property
    def is_filtered(self) -> bool:
        return self._asked.is_filtered

    @property
    def _asked(self) -> Selection:
        """What belongs into the query: everything but a group that the path says."""
        page = self.selection.page
        if self.group:
            return self.selection.with_values(Facet.GROUP, ()).on_page(page)
        return self.selection

    @property
    def url(self) -> str:
        """The one tidy address of this listing."""
        return self.path + self._asked.on_page(self.page).query_string()

    @property
    def canonical_path(self) -> str:
        """The address that search engines keep: filters and order are not pages of their own."""
        return self.path + Selection(page=self.page).query_string()

    def url_of(self, page: int) -> str:
        return self.path + self._asked.on_page(page).query_string()

    @property
    def previous_url(self) -> str:
        return self.url_of(self.page - 1) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        return self.url_of(self.page + 1) if self.page < self.page_count else ""

    @property
    def page_links(self) -> list[PageLink]:
        """First, last and the pages around this one, with gaps between."""
        near = range(self.page - NEARBY, self.page + NEARBY + 1)
        shown = sorted({1, self.page_count, *(n for n in near if 1 <= n <= self.page_count)})
        links: list[PageLink] = []
        for number in shown:
            if links and number - (links[-1].number or 0) > 1:
                links.append(PageLink(None))
            links.append(PageLink(number, self.url_of(number), number == self.page))
        return links

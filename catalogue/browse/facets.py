"""Filters as a page offers them: options with names and counts, the tree of groups, what is on."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.browse.selection import ON, SWITCHES, Facet, Selection
from catalogue.browse.shelf import PRICE_BANDS, Shelf
from catalogue.models import Category
from catalogue.money import format_dong

FACET_NAMES = {
    Facet.STARS: gettext_lazy("Hạng sao OCOP còn hiệu lực"),
    Facet.PRODUCER: gettext_lazy("Nhà sản xuất"),
    Facet.COMMUNE: gettext_lazy("Nơi làm ra"),
    Facet.PRICE: gettext_lazy("Giá"),
}
#: Options of one filter that a page offers: those that hold the most.
MOST_OPTIONS = 30
SWITCH_NAMES = {
    Facet.IN_SEASON: gettext_lazy("Đang vào mùa"),
    Facet.IN_STOCK: gettext_lazy("Còn hàng"),
    Facet.GIFT: gettext_lazy("Hợp làm quà"),
    Facet.CHILLED: gettext_lazy("Hàng lạnh"),
}


@dataclass(frozen=True)
class Option:
    """One box to tick: what it sends, what it says, how many it leaves."""

    facet: Facet
    value: str
    name: str
    count: int
    is_on: bool

    @property
    def field_id(self) -> str:
        return f"loc-{self.facet.value}-{self.value}"


@dataclass(frozen=True)
class FacetBox:
    facet: Facet
    name: str
    options: list[Option]


@dataclass(frozen=True)
class GroupNode:
    """A group in the tree: where it leads with the other filters kept, how many it holds."""

    name: str
    url: str
    count: int
    is_here: bool
    children: list["GroupNode"] = field(default_factory=list)


@dataclass(frozen=True)
class Chip:
    """A filter that is on, with the address without it."""

    name: str
    url: str


@dataclass
class Facets:
    """All filters of one listing. `allowed`: the products that this visitor may see at all."""

    shelf: Shelf
    selection: Selection
    allowed: int
    _others: dict[Facet, int] = field(default_factory=dict, repr=False)

    @cached_property
    def boxes(self) -> list[FacetBox]:
        """Filters with several options; one that tells nothing apart is left out."""
        named = {
            Facet.STARS: self._stars(),
            Facet.PRICE: self._prices(),
            Facet.COMMUNE: self._communes(),
            Facet.PRODUCER: self._producers(),
        }
        return [
            FacetBox(facet, str(FACET_NAMES[facet]), options)
            for facet, options in named.items()
            if len(options) > 1
            or any(option.is_on for option in options)
            or (facet == Facet.STARS and options)
        ]

    @cached_property
    def switches(self) -> list[Option]:
        """On-or-off filters that some product of the shop has."""
        return [
            self._option(facet, ON, str(SWITCH_NAMES[facet]))
            for facet in SWITCHES
            if self.shelf.options[facet].get(ON, 0) & self.allowed or self.selection.has(facet, ON)
        ]

    def tree(self) -> list[GroupNode]:
        """Trades with their groups, only those that hold something for this visitor."""
        reachable = self.shelf.matching(self.selection, leaving_out=Facet.GROUP) & self.allowed
        here = set(self.selection.values(Facet.GROUP))
        kept = self.selection.with_values(Facet.GROUP, ()).query_string()
        roots: list[GroupNode] = []
        open_nodes: dict[str, GroupNode] = {}
        for category in self.shelf.names.categories:
            bits = self.shelf.options[Facet.GROUP].get(category.slug, 0)
            if not bits & self.allowed:
                continue
            node = GroupNode(
                category.display_name,
                category.get_absolute_url() + kept,
                (bits & reachable).bit_count(),
                category.slug in here,
            )
            above = open_nodes.get(category.path[: -Category.steplen])
            (above.children if above else roots).append(node)
            open_nodes[category.path] = node
        return roots

    def all_count(self) -> int:
        """Products without a choice of group."""
        bits = self.shelf.matching(self.selection, leaving_out=Facet.GROUP) & self.allowed
        return bits.bit_count()

    def chips(self, path: str, *, fixed: Facet | None = None) -> list[Chip]:
        """What is on, each with the way to put it off; not the group of a group's own page."""
        if not self.selection.is_filtered:
            return []
        options = [o for box in self.boxes for o in box.options] + self.switches
        return [
            Chip(
                option.name,
                path + self._shown(fixed).without(option.facet, option.value).query_string(),
            )
            for option in options
            if option.is_on
        ]

    def _shown(self, fixed: Facet | None) -> Selection:
        return self.selection.with_values(fixed, ()) if fixed else self.selection

    def _option(self, facet: Facet, value: str, name: str) -> Option:
        if facet not in self._others:
            others = self.shelf.matching(self.selection, leaving_out=facet) & self.allowed
            self._others[facet] = others
        bits = self.shelf.options[facet].get(value, 0)
        return Option(
            facet,
            value,
            name,
            (bits & self._others[facet]).bit_count(),
            self.selection.has(facet, value),
        )

    def _present(self, facet: Facet) -> list[str]:
        counts = self.shelf.counts(facet, with_alcohol=self.allowed == self.shelf.everything)
        most = sorted((v for v in counts if counts[v]), key=lambda v: -counts[v])[:MOST_OPTIONS]
        return list(dict.fromkeys([*most, *self.selection.values(facet)]))

    def _stars(self) -> list[Option]:
        return [
            self._option(Facet.STARS, value, _("%(stars)s sao") % {"stars": value})
            for value in sorted(self._present(Facet.STARS), reverse=True)
            if value.isdigit()
        ]

    def _prices(self) -> list[Option]:
        present = set(self._present(Facet.PRICE))
        return [
            self._option(Facet.PRICE, code, band_name(least, above))
            for code, least, above in PRICE_BANDS
            if code in present
        ]

    def _communes(self) -> list[Option]:
        present = set(self._present(Facet.COMMUNE))
        wards = self.shelf.names.wards
        return [
            self._option(Facet.COMMUNE, code, ward.phrase)
            for code, ward in wards.items()
            if code in present
        ]

    def _producers(self) -> list[Option]:
        producers = self.shelf.names.producers
        options = [
            self._option(Facet.PRODUCER, slug, producers[slug].display_name)
            for slug in self._present(Facet.PRODUCER)
            if slug in producers
        ]
        return sorted(options, key=lambda option: option.name)


def band_name(least: Decimal, above: Decimal | None) -> str:
    """`Dưới 50.000 ₫`, `50.000 ₫ – 100.000 ₫`, `Từ 500.000 ₫`."""
    if above is None:
        return _("Từ %(price)s") % {"price": format_dong(least)}
    if not least:
        return _("Dưới %(price)s") % {"price": format_dong(above)}
    return f"{format_dong(least)} – {format_dong(above)}"

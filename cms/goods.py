"""All goods of one page, loaded together: as many queries for forty cards as for one.

What may be sold is decided here, when the page is shown, since an editor's choice grows old:
a product that is no longer live, that was archived or deleted, or that holds alcohol (which no
page of ours may promote: Luật 44/2019/QH14), is left out without a word to the visitor.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.validators import slug_re
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import Block, StructValue

from catalogue.boxes.contents import contents_of
from catalogue.cards import Card, cards_by_key
from catalogue.certificate_words import CertificateNote, certificate_note
from catalogue.product_page import portion_text
from catalogue.text import slugify_vi
from catalogue.trace import LotNote, lot_notes
from cms.remembered import remembered
from cms.telling import MakerCard, PageCard, gifts_by_key, makers_by_key

if TYPE_CHECKING:
    from catalogue.querysets import ProductQuerySet
    from cms.models import PlacePage

#: Most cards of a place's page.
MOST_FROM_A_PLACE = 12


class Rule(models.TextChoices):
    """How a row of products fills itself."""

    SEASON = "season", _("đang vào mùa")
    GIFT = "gift", _("hợp làm quà")
    STARS = "stars", _("có sao OCOP còn hiệu lực")
    NEW = "new", _("mới lên chợ")
    GROUP = "group", _("một nhóm sản phẩm")
    PLACE = "place", _("một nơi (xã cũ)")


@dataclass(frozen=True)
class RowRule:
    rule: Rule
    limit: int
    group: str = ""
    former_commune_id: int | None = None


@dataclass(frozen=True)
class Row:
    """Cards of a row; `is_otherwise`: nothing is in season, these are the year-round goods."""

    cards: list[Card]
    is_otherwise: bool = False


#: So many times a row's length are looked at for what can be bought, before all are.
LOOKED_AT = 4


def _products() -> "ProductQuerySet":
    return apps.get_model("catalogue", "Product").objects.all()


def presentable() -> "ProductQuerySet":
    """Products that a page may show."""
    return _products().listed().without_alcohol()


def keys_by_rule(rule: RowRule) -> list[int]:
    """Keys of the products of a row, best first; only what can be bought."""
    found = presentable()
    match rule.rule:
        case Rule.SEASON:
            # Seasonal goods first: the year-round ones fill the row.
            all_year = ExpressionWrapper(Q(season_mask=0), output_field=BooleanField())
            found = found.in_season().order_by(all_year, "-gift_ready", "title")
        case Rule.GIFT:
            found = found.filter(gift_ready=True).order_by("title")
        case Rule.STARS:
            found = found.with_stars().filter(stars_today__gt=0).order_by("-stars_today", "title")
        case Rule.NEW:
            found = found.order_by("-date_created", "-pk")
        case Rule.GROUP:
            found = found.filter(categories__slug=rule.group).order_by("title")
        case Rule.PLACE:
            found = found.filter(former_origin_id=rule.former_commune_id).order_by("title")
    return _first_available(found, rule.limit)


def _first_available(found: "ProductQuerySet", limit: int) -> list[int]:
    """The first `limit` keys that can be bought; asking all of a large shop that takes seconds."""
    most = limit * LOOKED_AT
    keys = list(found.values_list("pk", flat=True)[:most])
    available = set(_available_of(_products().filter(pk__in=keys)).values_list("pk", flat=True))
    best = [key for key in keys if key in available][:limit]
    if len(best) < limit and len(keys) == most:
        best = list(_available_of(found).values_list("pk", flat=True)[:limit])
    return best


def _available_of(found: "ProductQuerySet") -> "ProductQuerySet":
    return found.with_availability().filter(is_available=True)


def remembered_keys(rule: RowRule) -> list[int]:
    """The keys of a row, chosen anew every few minutes; what their cards say is always of now."""
    words = (rule.rule, rule.limit, slugify_vi(rule.group), rule.former_commune_id)
    name = ":".join(str(word) for word in ("row", timezone.localdate(), *words))
    return remembered(name, lambda: keys_by_rule(rule))


@dataclass(frozen=True)
class BoughtFrom:
    """What a buy form of a page tells the basket: the page's key, the campaign it was opened by."""

    page: int | None
    campaign: str = ""

    @property
    def query(self) -> str:
        """For links to products, whose own form then says the same (`promotion_tags`)."""
        if not self.page:
            return ""
        return f"?tu={self.page}" + (f"&c={self.campaign}" if self.campaign else "")


#: Letters of a campaign's name in an address; longer ones are not ours.
CAMPAIGN_LETTERS = 60


def bought_from(page: Any, request: HttpRequest) -> BoughtFrom:
    """Reads `?c=` of the address; anything but a slug counts as no campaign."""
    campaign = request.GET.get("c", "")[: CAMPAIGN_LETTERS + 1]
    is_ours = len(campaign) <= CAMPAIGN_LETTERS and slug_re.match(campaign)
    return BoughtFrom(page.pk, campaign if is_ours else "")


@dataclass(frozen=True)
class Part:
    """One thing in a box: its name, and how much of it."""

    title: str
    portion: str


class Shelf:
    """The products of some streams and of their rules; `extra` are keys shown elsewhere."""

    def __init__(self, *values: Any, extra: Iterable[int] = ()) -> None:
        from cms.blocks.choices import by_key
        from cms.blocks.reading import walk

        with by_key():
            self._walked = [each for value in values for each in walk(value)]
        self._extra = list(extra)

    def card(self, key: int | None) -> Card | None:
        """The card of one product, or None when it must not be shown (any more)."""
        return self._cards.get(key) if key else None

    def card_of(self, product: Any) -> Card | None:
        return self.card(product.pk) if product is not None else None

    def gift(self, page: Any) -> PageCard | None:
        """The card of a gift page, or None when it is not live (any more)."""
        return self._gifts.get(page.pk) if page is not None else None

    def maker(self, key: int) -> MakerCard | None:
        """The card of a producer, or None when it has no page of its own (any more)."""
        return self._makers.get(key)

    def parts_of(self, box: Any) -> list[Part]:
        """What a gift box of this shelf holds."""
        return [
            Part(part.product.canonical.display_title, portion_text(part))
            for part in contents_of(box).parts
        ]

    def certificate_of(self, product: Any) -> CertificateNote | None:
        """What may be said today of the OCOP dossier of a product that may be shown."""
        card = self.card_of(product)
        return certificate_note(card.product) if card else None

    def lot(self, code: str) -> LotNote | None:
        """A lot in one sentence; None for an unknown one."""
        return self._lots.get(code)

    def row(self, rule: RowRule) -> Row:
        keys = self._keys_by_rule.get(rule, [])
        cards = [card for key in keys if (card := self.card(key))]
        if rule.rule == Rule.SEASON:
            today = timezone.localdate()
            seasonal = any(
                not card.product.is_all_year and card.product.is_in_season(today) for card in cards
            )
            return Row(cards, is_otherwise=not seasonal)
        return Row(cards)

    def cards_from(self, place: "PlacePage") -> list[Card]:
        """What comes from a place: from its old commune, or from any of its old district."""
        found = presentable()
        if place.former_commune_id:
            found = found.filter(former_origin_id=place.former_commune_id)
        elif place.former_district:
            found = found.filter(
                former_origin__former_district=place.former_district,
                former_origin__former_province=place.former_province,
            )
        else:
            return []
        keys = found.order_by("title").values_list("pk", flat=True)[:MOST_FROM_A_PLACE]
        return cards_by_key(list(keys))

    @cached_property
    def _keys_by_rule(self) -> dict[RowRule, list[int]]:
        from cms.blocks.goods import ProductRowBlock

        rules = {row.block.rule_of(row) for row in self._structs(ProductRowBlock)}
        return {rule: remembered_keys(rule) for rule in rules}

    @cached_property
    def _cards(self) -> dict[int, Card]:
        keys = {*self._extra, *self._chosen("catalogue.Product")}
        keys.update(gift.box_id for gift in self._gifts.values() if gift.box_id)
        for row in self._keys_by_rule.values():
            keys.update(row)
        if not keys:
            return {}
        return {card.product.pk: card for card in cards_by_key(keys, with_alcohol=False)}

    @cached_property
    def _gifts(self) -> dict[int, PageCard]:
        return gifts_by_key(self._chosen("cms.GiftPage"))

    @cached_property
    def _makers(self) -> dict[int, MakerCard]:
        return makers_by_key(self._chosen("partner.Partner"))

    @cached_property
    def _lots(self) -> dict[str, LotNote]:
        from cms.blocks.proof import LotTraceBlock

        codes = {row.get("code") or "" for row in self._structs(LotTraceBlock)}
        return lot_notes(codes - {""})

    def _chosen(self, label: str) -> set[int]:
        from cms.blocks.reading import keys_among

        return set(keys_among(self._walked, label))

    def _structs(self, kind: type[Block]) -> Iterator[StructValue]:
        """The structured values of the blocks of one kind."""
        for value in self._walked:
            if isinstance(value, StructValue) and isinstance(value.block, kind):
                yield value

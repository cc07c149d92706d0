"""A product's own page: everything it shows, worked out before the template draws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.boxes.contents import Contents, Part, contents_of
from catalogue.browse.keeping import shelf_today
from catalogue.browse.selection import ON, Facet, Sort
from catalogue.browse.shelf import Shelf
from catalogue.cards import Badge, Card, badges_of, card_of, cards_of_goods
from catalogue.certificate_words import (
    CertificateNote,
    certificate_note,
    registered_text,
    stars_text,
)
from catalogue.goods import give, goods_of, product_of, read_goods, read_whole
from catalogue.images import ShownPicture, shown
from catalogue.kept import Kept, digest_of, here_and_now
from catalogue.label_words import LabelRow, label_rows, month_name, season_text
from catalogue.models import BoxItem, Category, Lot, Product
from catalogue.pictures.specs import GALLERY_SPECS, THUMB_SPEC
from catalogue.prices import PriceTag, lowest_price, price_of, sale_turns, variants_of
from catalogue.seasons import MONTHS
from catalogue.share_cards.facts import PRODUCTS, ShareCard, of_card, share_card
from catalogue.stock_words import StockNote, left_of, stock_note, stock_of

#: Cards under "related".
RELATED = 4
#: What a card in a gift box reads of its product's row.
ITEM_PLACES = ("producer__ward__province", "origin__province", "former_origin", "product_class")
#: Length that search engines show of a description, letters.
META_LETTERS = 155
#: Pages that a process keeps, drawn: some sixty kilobytes each.
MOST_KEPT = 300


class Crumb(NamedTuple):
    """A step of the way here."""

    name: str
    url: str


@dataclass(frozen=True)
class Month:
    """A box of the season calendar."""

    number: int
    name: str
    is_season: bool
    is_now: bool


@dataclass(frozen=True)
class Choice:
    """One thing that can be put into the basket."""

    product: Product
    name: str
    price: PriceTag | None
    stock: StockNote
    sku: str
    is_chosen: bool

    @property
    def is_available(self) -> bool:
        return self.price is not None and self.stock.is_available


class ProductPage:
    """What the page of a product says of the product itself, and of the variant asked for.

    It is kept and shown again while the database says the same: read it, and change nothing. What
    else stands on the page, and what is the visitor's, is no part of it (`Surroundings`).
    """

    def __init__(self, product: Product, *, wanted: str = "") -> None:
        self.product = product
        self.title = product.display_title
        self.lang = product.text_language
        self.url = reverse("catalogue:detail", kwargs={"slug": product.slug})
        self._wanted = wanted
        self._by_variant: dict[str, ProductPage] = {}
        #: What was drawn of it (`catalogue.page_drawing`).
        self.drawn: dict[tuple[Any, ...], Any] = {}

    def choosing(self, wanted: str) -> "ProductPage":
        """The page with this variant chosen, by its key; itself for what is none of them."""
        if wanted not in {str(variant.pk) for variant in variants_of(self.product)}:
            return self
        if wanted not in self._by_variant:
            self._by_variant[wanted] = ProductPage(self.product, wanted=wanted)
        return self._by_variant[wanted]

    # --- Buying -----------------------------------------------------------------------------

    @cached_property
    def choices(self) -> list[Choice]:
        variants = variants_of(self.product)
        chosen = self._chosen_of(variants)
        return [
            Choice(
                variant,
                variant.variant_name if variant.is_child else variant.net_text,
                price_of(variant),
                stock_note(left_of(variant)),
                next((record.partner_sku for record in variant.stockrecords.all()), ""),
                variant is chosen,
            )
            for variant in variants
        ]

    def _chosen_of(self, variants: list[Product]) -> Product | None:
        """The variant asked for; else the first that can be bought; else the first."""
        for variant in variants:
            if str(variant.pk) == self._wanted:
                return variant
        for variant in variants:
            if price_of(variant) and stock_note(left_of(variant)).is_available:
                return variant
        return variants[0] if variants else None

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.is_chosen), None)

    @property
    def has_variants(self) -> bool:
        return self.product.is_parent

    @cached_property
    def price(self) -> PriceTag | None:
        """The lowest; of the variant that the address asks for, its own."""
        if self._wanted and self.chosen and self.chosen.price:
            return self.chosen.price
        return lowest_price(self.product)

    @cached_property
    def stock(self) -> StockNote:
        if self.chosen and (self._wanted or self.chosen.is_available):
            return self.chosen.stock
        return stock_of(variants_of(self.product))

    @property
    def can_buy(self) -> bool:
        return any(choice.is_available for choice in self.choices)

    @property
    def is_for_sale(self) -> bool:
        """It has a price, whether or not there is stock."""
        return any(choice.price for choice in self.choices)

    @property
    def awaited(self) -> Product | None:
        """What the visitor may ask to be told of: the variant asked for, or all when none is left.

        None when it can be bought, and for drinks that must not be advertised.
        """
        chosen = self.chosen
        if self.product.is_unpromotable:
            return None
        if self._wanted and chosen and chosen.product.is_child and not chosen.is_available:
            return chosen.product
        return None if self.can_buy else self.product

    @property
    def awaits_season(self) -> bool:
        """Whether the visitor may ask to be told when its season begins."""
        return self.is_out_of_season and not self.product.is_unpromotable

    @property
    def chosen_product(self) -> Product:
        return self.chosen.product if self.chosen else self.product

    @property
    def most(self) -> int | None:
        """The largest quantity that the form lets through; None where stock is not counted."""
        counts = [choice.stock.left for choice in self.choices if choice.is_available]
        return None if None in counts else max((c for c in counts if c), default=1)

    # --- Seeing -----------------------------------------------------------------------------

    @cached_property
    def gallery(self) -> list[ShownPicture]:
        return [shown(image.picture, GALLERY_SPECS) for image in self.product.images.all()]

    @cached_property
    def thumbs(self) -> list[ShownPicture]:
        return [shown(image.picture, [THUMB_SPEC]) for image in self.product.images.all()]

    @property
    def pictures(self) -> list[tuple[ShownPicture, ShownPicture]]:
        """Each picture with its thumb."""
        return list(zip(self.gallery, self.thumbs, strict=True))

    @property
    def share_picture(self) -> ShareCard | None:
        """The card that networks show; none for drinks with alcohol."""
        facts = of_card(card_of(self.product))
        return share_card(PRODUCTS, self.product.pk, facts) if facts else None

    @cached_property
    def badges(self) -> list[Badge]:
        return badges_of(self.product)

    # --- Trusting ---------------------------------------------------------------------------

    @cached_property
    def certificate(self) -> CertificateNote | None:
        return certificate_note(self.product)

    @property
    def stars_text(self) -> str:
        return stars_text(self.certificate.stars) if self.certificate else ""

    @property
    def registered_text(self) -> str:
        return registered_text(self.product.current_certificate())

    @cached_property
    def label(self) -> list[LabelRow]:
        return label_rows(self.chosen_product, self.box_items)

    @cached_property
    def lot(self) -> Lot | None:
        """The lot on sale: of those that may be sold, the first to expire."""
        today = timezone.localdate()
        on_sale = (lot for lot in self.product.lots.all() if lot.is_on_sale(today))
        return min(on_sale, key=Lot.sold_first, default=None)

    @property
    def season(self) -> str:
        return season_text(self.product)

    @property
    def months(self) -> list[Month]:
        """The season calendar; empty for goods of all year."""
        if self.product.is_all_year:
            return []
        season, now = self.product.season_months, timezone.localdate().month
        return [Month(n, month_name(n), n in season, n == now) for n in MONTHS]

    @property
    def is_out_of_season(self) -> bool:
        return not self.product.is_in_season()

    # --- Going on ---------------------------------------------------------------------------

    @cached_property
    def box_items(self) -> list[BoxItem]:
        """What a gift box holds; empty for every other product."""
        if not self.product.is_gift_box:
            return []
        rows = BoxItem.objects.filter(box=self.product.pk).select_related(
            *(f"product__{name}" for name in ITEM_PLACES),
            *(f"product__parent__{name}" for name in ITEM_PLACES),
        )
        return list(rows)

    @property
    def box(self) -> Contents | None:
        """What a gift box makes of its contents; None for every other product."""
        return contents_of(self.product) if self.product.is_gift_box else None

    @property
    def address(self) -> str:
        """The path of this page with the variant asked for."""
        return f"{self.url}?v={self._wanted}" if self._wanted else self.url

    @property
    def canonical_path(self) -> str:
        """The one address: of a product without English text, the Vietnamese one."""
        with override(self.lang):
            return reverse("catalogue:detail", kwargs={"slug": self.product.slug})

    @property
    def summary(self) -> str:
        return self.product.words("summary")

    @property
    def paragraphs(self) -> list[str]:
        return paragraphs_of(self.product.words("description"))

    @property
    def meta_description(self) -> str:
        text = self.summary or " ".join(self.paragraphs) or self._named_with_maker
        return Truncator(" ".join(text.split())).chars(META_LETTERS)

    @property
    def _named_with_maker(self) -> str:
        maker, origin = self.product.producer, self.product.origin
        said = (self.title, maker.display_name if maker else "", origin.phrase if origin else "")
        return ", ".join(part for part in said if part)

    @property
    def is_hidden_from_search(self) -> bool:
        """Alcohol stays out of search engines (Luật 44/2019/QH14)."""
        return self.product.is_alcohol


_kept: Kept[ProductPage] = Kept(MOST_KEPT)


def page_at(slug: str, wanted: str = "") -> ProductPage | None:
    """The page of the product listed at this address; None for none. One query.

    The kept one where the database says what it said then. Gift boxes are not kept: they are up to
    their contents, which takes a fixed number of queries more.
    """
    now = timezone.now()
    texts = read_whole(slug=slug)
    digest = digest_of(here_and_now(now), texts)
    page = _kept.get(digest, now)
    if page is None:
        product = product_of(texts)
        if product is None or not product.is_listed:
            return None
        page = ProductPage(product)
        if not product.is_gift_box:
            _kept.put(digest, page, sale_turns(product, now))
    return page.choosing(wanted)


def page_of_draft(product: Product) -> ProductPage:
    """The page as it would be with this row; what hangs on the product as it is now."""
    give(product, goods_of(read_whole(pk=product.pk)))
    return ProductPage(product)


class Surroundings:
    """What stands on a product's page beside the product: the way to it, cards of other goods.

    Read when asked for: one query for the shelf, one for the cards.
    """

    def __init__(self, page: ProductPage, *, shows_alcohol: bool) -> None:
        self._page = page
        self._shows_alcohol = shows_alcohol

    @cached_property
    def _shelf(self) -> Shelf:
        return shelf_today()

    @cached_property
    def _groups(self) -> list[Category]:
        """The groups it is filed under, those above them left out; in the order of the tree."""
        row = self._shelf.row_of(self._page.product.pk)
        if row is None:  # a draft, or published this moment
            return list(self._page.product.categories.all())
        slugs = {value for facet, value in row.values if facet == Facet.GROUP}
        inside = [each for each in self._shelf.names.categories if each.slug in slugs]
        return [each for each in inside if not any(c.is_child_of(each) for c in inside)]

    @cached_property
    def crumbs(self) -> tuple[Crumb, ...]:
        """All products, its first group with those above, the product."""
        group = next(iter(self._groups), None)
        here = Crumb(self._page.title, self._page.url)
        return (*group_crumbs(group, self._shelf.names.categories), here)

    @cached_property
    def _related_keys(self) -> list[int]:
        """Others that can be bought: of the same group or maker, then any. One more than shown."""
        shelf, product = self._shelf, self._page.product
        maker = product.producer
        near = shelf.having(Facet.GROUP, (each.slug for each in self._groups))
        near |= shelf.having(Facet.PRODUCER, [maker.slug] if maker else [])
        others = shelf.having(Facet.IN_STOCK, [ON])
        others &= shelf.everything if self._shows_alcohol else ~shelf.alcohol
        keys = shelf.ordered(others & near, Sort.DEFAULT, 0, RELATED + 1)
        if len(keys) <= RELATED:
            keys += shelf.ordered(others & ~near, Sort.DEFAULT, 0, RELATED + 1 - len(keys))
        return [key for key in keys if key != product.pk][:RELATED]

    @cached_property
    def _cards(self) -> dict[int, Card]:
        inside = (item.product.canonical.pk for item in self._page.box_items)
        return cards_of_goods(read_goods([*self._related_keys, *inside]))

    @property
    def related(self) -> list[Card]:
        """Of those of which this visitor may see a card."""
        cards = [self._cards[key] for key in self._related_keys if key in self._cards]
        return [card for card in cards if self._shows_alcohol or not card.product.is_alcohol]

    @property
    def contents(self) -> list[tuple[str, Card]]:
        """Each thing in a gift box: how much of it, and its card."""
        return [
            (portion_text(item), self._cards[item.product.canonical.pk])
            for item in self._page.box_items
            if item.product.canonical.pk in self._cards
        ]


def portion_text(item: BoxItem | Part) -> str:
    """`2 × 500 g`, `500 g`, or empty for one of something without a measure."""
    measure = item.product.variant_name if item.product.is_child else item.product.net_text
    if item.quantity > 1:
        return f"{item.quantity} × {measure}" if measure else f"× {item.quantity}"
    return measure


def group_crumbs(group: Category | None, listed: Sequence[Category] = ()) -> list[Crumb]:
    """All products, then the groups above, of those `listed`, and the group itself."""
    crumbs = [Crumb(_("Sản phẩm"), reverse("catalogue:index"))]
    if group is None:
        return crumbs
    above = [each for each in listed if group.is_descendant_of(each)]
    return [*crumbs, *(Crumb(c.display_name, c.get_absolute_url()) for c in [*above, group])]


def trail(crumbs: Sequence[Crumb]) -> list[Crumb]:
    """The crumbs as a page shows them: the last one is this page and leads nowhere."""
    return [*crumbs[:-1], crumbs[-1]._replace(url="")] if crumbs else []


def paragraphs_of(text: str) -> list[str]:
    """Plain text, cut at its blank lines."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [part.strip() for part in parts if part.strip()]

"""Product cards: what one says, worked out before the template draws it.

A card is kept by exactly what it was made of: what the database says of the product now, the
language, the day (`cards_of_goods`). So nothing has to be dropped when something changes.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalogue.boxes.contents import days_to_the_door, load_contents
from catalogue.certificate_words import registered_text, stars_text
from catalogue.goods import Texts, boxes_among, product_of, read_boxes, read_goods
from catalogue.images import ShownPicture, shown
from catalogue.kept import Kept, digest_of, here_and_now
from catalogue.models import Product
from catalogue.pictures.specs import CARD_SPECS
from catalogue.prices import PriceTag, lowest_price, sale_turns, variants_of
from catalogue.stock_words import StockNote, not_for_sale, stock_of

#: Cards that a process keeps, drawn: some 25 kilobytes each.
MOST_KEPT = 1000


@dataclass(frozen=True)
class Badge:
    """A small word on a card; `kind` names its colour."""

    kind: str
    text: str


@dataclass(frozen=True)
class Card:
    """One product in a list. Kept and shown again: read it, and its product, but change neither.

    `marked` is the title with the words that were looked for set off.
    """

    product: Product
    url: str
    title: str
    lang: str
    producer: str
    place: str
    picture: ShownPicture | None
    stars: int
    stars_text: str
    registered_text: str
    price: PriceTag | None
    stock: StockNote
    badges: list[Badge]
    marked: SafeString | None = None
    #: How it was drawn before: the halves around the title, by what besides the card decides.
    drawn: dict[tuple[str, ...], tuple[str, str]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @property
    def is_available(self) -> bool:
        return self.stock.is_available and self.price is not None

    def with_marks(self, marked: SafeString) -> "Card":
        card = replace(self, marked=marked)
        # The title stands between the halves.
        object.__setattr__(card, "drawn", self.drawn)
        return card


_kept: Kept[Card] = Kept(MOST_KEPT)


def cards_for(products: Iterable[Product]) -> list[Card]:
    """Cards for products loaded by `for_cards()`; a fixed number of queries, none without boxes."""
    rows = list(products)
    load_contents(rows)
    return [card_of(product) for product in rows]


def cards_by_key(keys: Collection[int], *, with_alcohol: bool = True) -> list[Card]:
    """Cards of these products in this order, those not listed left out. One query.

    One more for gift boxes that this process meets for the first time.
    """
    cards = cards_of_goods(read_goods(keys))
    found = [cards[key] for key in keys if key in cards]
    return [card for card in found if with_alcohol or not card.product.is_alcohol]


def cards_of_goods(goods: Mapping[int, Texts]) -> dict[int, Card]:
    """Cards by key of what `read_goods` read; kept ones where the same was read before."""
    cards: dict[int, Card] = {}
    now = timezone.now()
    words = here_and_now(now)
    boxes, unopened = boxes_among(goods), []
    # Things in a box must keep until it is there.
    words_of_boxes = (*words, str(days_to_the_door())) if boxes else words
    for key, texts in goods.items():
        digest = digest_of(words_of_boxes if key in boxes else words, texts)
        card = _kept.get(digest, now)
        if card is None:
            product = product_of(texts)
            if product is None:
                continue
            if product.is_gift_box and key not in boxes:
                unopened.append(key)
                continue
            card = card_of(product)
            _kept.put(digest, card, sale_turns(product, now))
        cards[key] = card
    return cards | cards_of_goods(read_boxes(unopened)) if unopened else cards


def card_of(product: Product) -> Card:
    today = timezone.localdate()
    certificate = product.current_certificate(today)
    stars = certificate.stars_on(today) if certificate else 0
    images = list(product.images.all())
    origin = product.origin or product.former_origin
    price = lowest_price(product)
    return Card(
        product=product,
        url=product.get_absolute_url(),
        title=product.display_title,
        lang=product.text_language,
        producer=product.producer.display_name if product.producer else "",
        place=getattr(origin, "phrase", "") or str(origin or ""),
        picture=shown(images[0].picture, CARD_SPECS) if images else None,
        stars=stars,
        stars_text=stars_text(stars),
        registered_text=registered_text(certificate, today),
        price=price,
        stock=stock_of(variants_of(product)) if price else not_for_sale(),
        badges=badges_of(product),
    )


def badges_of(product: Product) -> list[Badge]:
    """What sets a product apart at a glance."""
    badges = []
    if product.is_alcohol:
        badges.append(Badge("adult", _("18+")))
    if product.is_chilled:
        badges.append(Badge("chilled", _("Hàng lạnh")))
    if not product.is_all_year and product.is_in_season():
        badges.append(Badge("season", _("Đang vào mùa")))
    if product.gift_ready:
        badges.append(Badge("gift", _("Hợp làm quà")))
    if product.is_sample:
        badges.append(Badge("sample", _("Dữ liệu mẫu")))
    return badges

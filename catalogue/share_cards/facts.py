"""What a share card says, and the address that changes with it."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from catalogue.cards import Card

#: Sizes in pixels by the name in the address: wide for links, square for posts.
SIZES = {"ngang": (1200, 630), "vuong": (1200, 1200)}
WIDE = "ngang"
#: Changes with the drawing, so that old pictures are not taken for new ones.
DRAWN_AS = 2
KEY_LETTERS = 20


@dataclass(frozen=True)
class ShareFacts:
    """`price` and `stars_text` as they are printed, empty for none; `stars` 0 or 3–5.
    `note` stands beside the shop's name.

    `picture` is a library picture; only its key tells two cards apart.
    """

    title: str
    place: str = ""
    stars: int = 0
    stars_text: str = ""
    price: str = ""
    note: str = ""
    picture_id: int | None = None
    picture: Any = field(default=None, compare=False, repr=False)

    def key(self, size: str) -> str:
        """The same facts give the same key; another price, star or picture another one."""
        said = asdict(self) | {"picture": None, "size": size, "drawn": DRAWN_AS}
        said |= {"shop": settings.OSCAR_SHOP_NAME, "language": get_language()}
        text = json.dumps(said, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:KEY_LETTERS]


@dataclass(frozen=True)
class ShareCard:
    """Where the card stands, for the head of a page."""

    src: str
    width: int
    height: int
    alt: str


#: Facts of one kind of thing by its key; None for what has no card (any more).
Loader = Callable[[int], ShareFacts | None]
_loaders: dict[str, Loader] = {}


def register(kind: str, loader: Loader) -> None:
    """Let `/the-chia-se/<kind>/…` ask `loader`; a room calls it when the shop starts."""
    _loaders[kind] = loader


def facts_of(kind: str, key: int) -> ShareFacts | None:
    loader = _loaders.get(kind)
    return loader(key) if loader else None


def share_card(kind: str, pk: int, facts: ShareFacts, size: str = WIDE) -> ShareCard:
    width, height = SIZES[size]
    src = reverse("share-card", args=[kind, pk, size, facts.key(size)])
    said = (facts.title, facts.place, facts.stars_text, facts.price)
    return ShareCard(src, width, height, " · ".join(part for part in said if part))


def of_card(card: "Card") -> ShareFacts | None:
    """Of a product's card; None for drinks with alcohol, which nobody is to spread."""
    if card.product.is_alcohol:
        return None
    images = list(card.product.images.all())
    picture = images[0].picture if images else None
    return ShareFacts(
        title=card.title,
        place=" · ".join(part for part in (card.producer, card.place) if part),
        stars=card.stars,
        stars_text=card.stars_text,
        price=price_words(card),
        note=note_of(card),
        picture_id=picture.pk if picture else None,
        picture=picture,
    )


def price_words(card: "Card") -> str:
    """`45.000 ₫`, `Từ 45.000 ₫`; empty for what has no price."""
    if card.price is None:
        return ""
    return _("Từ %(price)s") % {"price": card.price.text} if card.price.is_from else card.price.text


def note_of(card: "Card") -> str:
    """What nobody has published is not passed on as a fact."""
    return _("Dữ liệu mẫu") if card.product.is_sample else ""


def of_product(pk: int) -> ShareFacts | None:
    """Of a product that is listed now."""
    from catalogue.cards import cards_by_key

    return next((of_card(card) for card in cards_by_key([pk])), None)


def of_shop(pk: int) -> ShareFacts | None:
    """Of the shop itself: for pages of which nothing better is told."""
    if pk != SHOP_PK:
        return None
    return ShareFacts(title=settings.OSCAR_SHOP_NAME, place=str(settings.OSCAR_SHOP_TAGLINE))


PRODUCTS, SHOP = "san-pham", "cua-hang"
#: There is one shop.
SHOP_PK = 0

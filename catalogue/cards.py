"""Product cards: what one says, worked out before the template draws it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.boxes.contents import load_contents
from catalogue.certificate_words import registered_text, stars_text
from catalogue.images import ShownPicture, shown
from catalogue.models import Product
from catalogue.pictures.specs import CARD_SPECS
from catalogue.prices import PriceTag, lowest_price, variants_of
from catalogue.querysets import card_lookups
from catalogue.stock_words import StockNote, not_for_sale, stock_of


@dataclass(frozen=True)
class Badge:
    """A small word on a card; `kind` names its colour."""

    kind: str
    text: str


@dataclass(frozen=True)
class Card:
    """One product in a list."""

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

    @property
    def is_available(self) -> bool:
        return self.stock.is_available and self.price is not None


def cards_for(products: Iterable[Product]) -> list[Card]:
    """Cards for products loaded by `for_cards()`; a fixed number of queries, none without boxes."""
    rows = list(products)
    load_contents(rows)
    return [card_of(product) for product in rows]


def cards_by_key(keys: Collection[int], *, with_alcohol: bool = True) -> list[Card]:
    """Cards of these products in this order, those not listed left out. Five queries."""
    products = _products_for_cards(keys)
    return cards_for(product for product in products if with_alcohol or not product.is_alcohol)


def _products_for_cards(keys: Collection[int]) -> list[Product]:
    """Products that are listed now, for cards, in the order of `keys`; others are left out.

    As `for_cards`, in fewer queries: variants come with their parents, all stock at once with
    that of what is in boxes.
    """
    family = Product.objects.filter(Q(pk__in=keys) | Q(parent__in=keys, live=True))
    family = family.with_origin().select_related("gift_box").order_by("pk")
    rows = list(family) if keys else []
    stock, images, dossiers = card_lookups(CARD_SPECS)
    parents = {row.pk: row for row in rows if row.is_listed}
    for parent in parents.values():
        parent.live_children = []
    for row in rows:
        if row.parent_id in parents:
            row.parent = parents[row.parent_id]
            row.parent.live_children.append(row)
    load_contents(parents.values(), beside=rows)
    prefetch_related_objects(rows, stock)
    prefetch_related_objects([*parents.values()], images, dossiers)
    return [parents[key] for key in keys if key in parents]


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

"""What the public pages of producers show, worked out before the templates draw it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalogue.cards import Card, cards_by_key
from catalogue.images import ShownPicture, shown
from catalogue.models import Product
from catalogue.pictures.specs import CARD_SPECS, GALLERY_SPECS
from catalogue.product_page import META_LETTERS, Crumb, paragraphs_of
from catalogue.querysets import ProductQuerySet
from catalogue.share_cards.facts import ShareCard, share_card
from catalogue.structured_data import breadcrumbs_data
from shop.partner.models import Partner
from shop.partner.sharing import PRODUCERS, share_facts
from shop.places.sketch import HEIGHT, RIVER, WIDTH, Area, sketch


@dataclass(frozen=True)
class ProducerRow:
    """One producer in the list."""

    producer: Partner
    picture: ShownPicture | None
    product_count: int


@dataclass(frozen=True)
class PlaceMap:
    """A sketch with the communes of some producers marked; no areas where it shows none of them."""

    areas: list[Area]
    width: int = WIDTH
    height: int = HEIGHT
    river: str = RIVER

    @property
    def words(self) -> str:
        """What is to be seen, for those who do not see it."""
        names = ", ".join(area.name for area in self.areas if area.is_marked)
        return _("Sơ đồ vùng Lục Nam, đánh dấu: %(names)s") % {"names": names}


def map_of(producers: Iterable[Partner]) -> PlaceMap:
    return PlaceMap(sketch({producer.ward_id for producer in producers if producer.ward_id}))


def producer_rows(*, shows_alcohol: bool) -> list[ProducerRow]:
    """Producers with a page, by name, with how many products of theirs this visitor may see."""
    listed = Q(
        products__in=_listed(shows_alcohol).values("pk"),
    )
    producers = (
        Partner.objects.public()
        .for_pages()
        .annotate(listed_count=Count("products", filter=listed, distinct=True))
        .order_by("name")
    )
    return [
        ProducerRow(
            producer,
            shown(producer.picture, CARD_SPECS) if producer.picture else None,
            producer.listed_count,
        )
        for producer in producers
    ]


def _listed(shows_alcohol: bool) -> ProductQuerySet:
    products = Product.objects.listed()
    return products if shows_alcohol else products.without_alcohol()


class ProducerPage:
    """The page of one producer loaded by `for_pages()`."""

    def __init__(self, producer: Partner, *, shows_alcohol: bool) -> None:
        self.producer = producer
        self._shows_alcohol = shows_alcohol

    @cached_property
    def picture(self) -> ShownPicture | None:
        picture = self.producer.picture
        return shown(picture, GALLERY_SPECS) if picture else None

    @cached_property
    def _all_cards(self) -> list[Card]:
        mine = Product.objects.listed().filter(producer=self.producer).order_by("-date_created")
        return cards_by_key(list(mine.values_list("pk", flat=True)))

    @cached_property
    def cards(self) -> list[Card]:
        """What they make, as far as this visitor may see it, the newest first."""
        return [card for card in self._all_cards if self._shows(card)]

    @property
    def hidden_alcohol(self) -> int:
        """Drinks that are not shown before the visitor says to be grown up."""
        return len(self._all_cards) - len(self.cards)

    def _shows(self, card: Card) -> bool:
        return self._shows_alcohol or not card.product.is_alcohol

    @property
    def map(self) -> PlaceMap:
        return map_of([self.producer])

    @property
    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(pgettext("nhiều nhà", "Nhà sản xuất"), reverse("partner:index")),
            Crumb(self.producer.display_name, self.producer.get_absolute_url()),
        ]

    @property
    def paragraphs(self) -> list[str]:
        return paragraphs_of(self.producer.display_intro)

    @property
    def meta_description(self) -> str:
        return Truncator(" ".join(self.producer.display_intro.split())).chars(META_LETTERS)

    @property
    def share_card(self) -> ShareCard:
        return share_card(PRODUCERS, self.producer.pk, share_facts(self.producer))

    @property
    def legal_facts(self) -> list[tuple[str, str]]:
        """What is on file of who answers for the goods."""
        rows = [
            (_("Người đại diện"), self.producer.representative),
            (_("Mã số thuế"), self.producer.tax_code),
            (_("Số đăng ký kinh doanh"), self.producer.registration_number),
        ]
        return [(name, text) for name, text in rows if text]

    @property
    def breadcrumbs_data(self) -> dict[str, Any]:
        return breadcrumbs_data(self.crumbs)

    @property
    def organization_data(self) -> dict[str, Any]:
        """schema.org's Organization."""
        return {
            "@context": "https://schema.org",
            "@type": "Organization",
            "name": self.producer.display_name,
            "url": settings.BASE_URL + self.producer.get_absolute_url(),
            "address": {
                "@type": "PostalAddress",
                "addressCountry": "VN",
                "streetAddress": self.producer.present_address,
            },
        }

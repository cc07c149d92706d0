"""Stories, gift pages, places, events, seasons and makers as cards; live ones, in one language."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.images import ShownPicture
from catalogue.pictures.specs import LANDSCAPE_SPECS, SMALL_SQUARE_SPECS
from cms.addresses import page_path
from cms.pictures import pictures_by_key, shown_picture
from cms.remembered import remembered
from cms.times import Span, When

#: Most pages of one kind that are kept ready for the home page, and most producers.
MOST_KEPT, MOST_MAKERS = 9, 12


@dataclass(frozen=True)
class PageCard:
    """A page in a list. `place`, `feast` and `where` are empty where the page has none."""

    title: str
    url: str
    lead: str
    picture: ShownPicture | None = None
    square: ShownPicture | None = None
    place: str = ""
    feast: str = ""
    box_id: int | None = None
    product_id: int | None = None
    #: Of an event: the venue and its ward.
    where: str = ""
    #: Of an event or a season; None for what is not bound to days.
    span: Span | None = None

    @property
    def state(self) -> When | None:
        """Worked out when it is asked: a kept card does not grow old."""
        return self.span.state if self.span else None


@dataclass(frozen=True)
class MakerCard:
    name: str
    url: str
    kind: str
    place: str
    picture: ShownPicture | None = None


def _live(model: str) -> Any:
    """Live pages of one kind in the visitor's language, the newest first."""
    pages = apps.get_model("cms", model).objects.live()
    return pages.filter(locale__language_code=get_language()).order_by(
        "-first_published_at", "path"
    )


def _listed_in(index: Any, model: str) -> Any:
    """Live pages of one kind for its index: its own, and those in the sections of promoters."""
    pages = apps.get_model("cms", model).objects.live()
    return pages.filter(locale=index.locale_id).order_by("path")


def _coming_first(gifts: Any) -> Any:
    """The next feast first, then what is for any day, then feasts that are over."""
    today = timezone.localdate()
    turn = models.Case(
        models.When(feast_date__gte=today, then=models.Value(0)),
        models.When(feast_date=None, then=models.Value(1)),
        default=models.Value(2),
    )
    return gifts.order_by(turn, "feast_date", "-first_published_at", "path")


def _promotable(stories: Any) -> Any:
    """Stories that any list may show: none of alcohol (Luật 44/2019/QH14), whose own page asks."""
    return stories.exclude(product__abv__gt=0)


def _cards(pages: Any) -> list[PageCard]:
    """One query for the pages, two for their pictures."""
    pages = list(pages)
    pictures = pictures_by_key(page.picture_id for page in pages)
    return [_card(page, pictures.get(page.picture_id)) for page in pages]


def _card(page: Any, picture: Any) -> PageCard:
    place = getattr(page, "place", None)
    return PageCard(
        title=page.title,
        url=page_path(page),
        lead=page.lead,
        picture=shown_picture(picture, LANDSCAPE_SPECS),
        square=shown_picture(picture, SMALL_SQUARE_SPECS),
        place=place.title if place else "",
        feast=getattr(page, "feast", ""),
        box_id=getattr(page, "box_id", None),
        product_id=getattr(page, "product_id", None),
        where=getattr(page, "where", ""),
        span=getattr(page, "span", None),
    )


def story_cards(index: Any) -> list[PageCard]:
    return _cards(_promotable(_listed_in(index, "StoryPage")).select_related("place"))


def place_cards(index: Any) -> list[PageCard]:
    return _cards(_listed_in(index, "PlacePage"))


def gift_cards(index: Any) -> list[PageCard]:
    return _cards(_coming_first(_listed_in(index, "GiftPage")).select_related("place"))


def event_cards(index: Any) -> list[PageCard]:
    """The first to begin first."""
    pages = _listed_in(index, "EventPage").select_related("place", "ward__province")
    return _cards(pages.order_by("starts_at", "path"))


def campaign_cards(index: Any) -> list[PageCard]:
    """The first to begin first."""
    pages = _listed_in(index, "CampaignPage").select_related("place")
    return _cards(pages.order_by("starts_on", "path"))


def campaigns_now(index: Any) -> list[PageCard]:
    """Seasons that have begun and are not over, in the language of an index page."""
    today = timezone.localdate()
    pages = _listed_in(index, "CampaignPage").filter(starts_on__lte=today, ends_on__gte=today)
    return _cards(pages.select_related("place").order_by("ends_on", "path"))


def events_at_place(place: Any) -> list[PageCard]:
    """Events at a place that are not over, the first to begin first."""
    pages = apps.get_model("cms", "EventPage").objects.live().filter(ends_at__gt=timezone.now())
    pages = pages.filter(place=place).select_related("place", "ward__province")
    return _cards(pages.order_by("starts_at", "path")[:MOST_KEPT])


@dataclass(frozen=True)
class SectionRow:
    """The pages of one kind in a section."""

    title: str
    cards: list[PageCard]


#: What a section shows, in this order: kind of page, what its card reads besides.
_IN_SECTION: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("GiftPage", ("place",)),
    ("CampaignPage", ("place",)),
    ("EventPage", ("place", "ward__province")),
    ("StoryPage", ("place",)),
    ("PlacePage", ()),
)


def cards_in_section(section: Any) -> list[SectionRow]:
    """The live pages of a section by kind, kinds without any left out."""
    titles = (_("Hộp quà"), _("Mùa quà"), _("Sự kiện"), _("Câu chuyện"), _("Địa danh"))
    found = []
    for title, (model, related) in zip(titles, _IN_SECTION, strict=True):
        pages = apps.get_model("cms", model).objects.live().child_of(section).order_by("path")
        pages = _promotable(pages) if model == "StoryPage" else pages
        # select_related() without names would follow everything.
        found.append((title, list(pages.select_related(*related) if related else pages)))
    pictures = pictures_by_key(page.picture_id for _title, pages in found for page in pages)
    return [
        SectionRow(title, [_card(page, pictures.get(page.picture_id)) for page in pages])
        for title, pages in found
        if pages
    ]


def gifts_by_key(keys: Collection[int]) -> dict[int, PageCard]:
    """Live gift pages among `keys`."""
    if not keys:
        return {}
    pages = apps.get_model("cms", "GiftPage").objects.live().filter(pk__in=keys)
    pages = list(pages.select_related("place"))
    return dict(zip([page.pk for page in pages], _cards(pages), strict=True))


def newest_stories() -> list[PageCard]:
    """For the home page: none about alcohol, which must not be promoted (Luật 44/2019/QH14)."""
    pages = _promotable(_live("StoryPage")).select_related("place")
    return remembered("stories", lambda: _cards(pages[:MOST_KEPT]))


def newest_gifts() -> list[PageCard]:
    return remembered(
        "gifts",
        lambda: _cards(_coming_first(_live("GiftPage")).select_related("place")[:MOST_KEPT]),
    )


def places() -> list[PageCard]:
    return remembered("places", lambda: _cards(_live("PlacePage").order_by("path")[:MOST_KEPT]))


def makers() -> list[MakerCard]:
    return remembered("makers", _makers)


def _makers() -> list[MakerCard]:
    """Producers with something to show, those who came first; the row leads to all of them."""
    Partner = apps.get_model("partner", "Partner")
    shown = apps.get_model("catalogue", "Product").objects.filter(live=True)
    producers = Partner.objects.public().filter(Exists(shown.filter(producer=OuterRef("pk"))))
    cards = _maker_cards(producers.order_by("pk")[:MOST_MAKERS])
    return list(cards.values())


def makers_by_key(keys: Collection[int]) -> dict[int, MakerCard]:
    """Producers among `keys` that have a page of their own."""
    if not keys:
        return {}
    Partner = apps.get_model("partner", "Partner")
    return _maker_cards(Partner.objects.public().filter(pk__in=keys).order_by("pk"))


def _maker_cards(producers: Any) -> dict[int, MakerCard]:
    """Cards by key; where a producer has no picture, its first product lends one."""
    ProductImage = apps.get_model("catalogue", "ProductImage")
    producers = list(producers.select_related("ward__province", "former_commune"))
    first: dict[int, int] = {}
    without = [each for each in producers if not each.picture_id]
    images = ProductImage.objects.filter(product__producer__in=without, product__live=True).exclude(
        product__abv__gt=0
    )
    for producer_id, picture_id in images.order_by("product_id", "display_order").values_list(
        "product__producer_id", "original_id"
    ):
        first.setdefault(producer_id, picture_id)
    for producer in producers:
        if producer.picture_id:
            first[producer.pk] = producer.picture_id
    pictures = pictures_by_key(first.values())
    return {
        producer.pk: MakerCard(
            name=producer.display_name,
            url=producer.get_absolute_url(),
            kind=producer.get_kind_display(),
            place=producer.ward.phrase if producer.ward else "",
            picture=shown_picture(pictures.get(first.get(producer.pk, 0)), SMALL_SQUARE_SPECS),
        )
        for producer in producers
    }


def story_of(product: Any) -> PageCard | None:
    """The story told of a product, the newest where there are several."""
    key = product.canonical.pk
    found = remembered(f"story-of:{key}", lambda: _stories_of_product(key))
    return found[0] if found else None


def _stories_of_product(key: int) -> list[PageCard]:
    told = _live("StoryPage").filter(product_id=key).select_related("place")
    return _cards(told[:1])


def stories_of(producer: Any) -> list[PageCard]:
    """The stories told of a producer's products."""
    told = _live("StoryPage").filter(product__producer=producer)
    pages = _promotable(told).select_related("place")
    return _cards(pages[:MOST_KEPT])


def stories_of_place(place: Any) -> list[PageCard]:
    return _cards(_promotable(_live("StoryPage").filter(place=place))[:MOST_KEPT])


def gift_pages_with(product: Any) -> list[PageCard]:
    """Gift pages that hold a product in their box, or sell it as one of several; not its own."""
    key = product.canonical.pk
    return remembered(f"gifts-with:{key}", lambda: _gift_pages_with(product.canonical))


def _gift_pages_with(product: Any) -> list[PageCard]:
    ReferenceIndex = apps.get_model("wagtailcore", "ReferenceIndex")
    holding = ReferenceIndex.get_references_to(product).values_list("object_id", flat=True)
    keys = [int(key) for key in holding if key.isdigit()]
    pages = _live("GiftPage").filter(Q(pk__in=keys) | Q(box_id=product.pk))
    return _cards(pages.select_related("place")[:MOST_KEPT])

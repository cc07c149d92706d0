"""Stories, gift pages, places and makers as cards; live ones, in the visitor's language."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import get_language

from catalogue.images import ShownPicture
from catalogue.pictures.specs import LANDSCAPE_SPECS, SMALL_SQUARE_SPECS
from cms.addresses import page_path
from cms.pictures import pictures_by_key, shown_picture
from cms.remembered import remembered

#: Most pages of one kind that are kept ready for the home page.
MOST_KEPT = 9


@dataclass(frozen=True)
class PageCard:
    """A page in a list. `place` and `feast` are empty where the page has none."""

    title: str
    url: str
    lead: str
    picture: ShownPicture | None = None
    square: ShownPicture | None = None
    place: str = ""
    feast: str = ""
    box_id: int | None = None
    product_id: int | None = None


@dataclass(frozen=True)
class MakerCard:
    name: str
    url: str
    kind: str
    place: str
    picture: ShownPicture | None = None


def _live(model: str, under: Any = None) -> Any:
    """Live pages of one kind: under one page, or in the visitor's language."""
    pages = apps.get_model("cms", model).objects.live()
    if under is not None:
        return pages.child_of(under).order_by("path")
    return pages.filter(locale__language_code=get_language()).order_by(
        "-first_published_at", "path"
    )


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
    )


def story_cards(under: Any) -> list[PageCard]:
    return _cards(_promotable(_live("StoryPage", under)).select_related("place"))


def place_cards(under: Any) -> list[PageCard]:
    return _cards(_live("PlacePage", under))


def gift_cards(under: Any) -> list[PageCard]:
    return _cards(_live("GiftPage", under).select_related("place"))


def newest_stories() -> list[PageCard]:
    """For the home page: none about alcohol, which must not be promoted (Luật 44/2019/QH14)."""
    pages = _promotable(_live("StoryPage")).select_related("place")
    return remembered("stories", lambda: _cards(pages[:MOST_KEPT]))


def newest_gifts() -> list[PageCard]:
    return remembered(
        "gifts", lambda: _cards(_live("GiftPage").select_related("place")[:MOST_KEPT])
    )


def places() -> list[PageCard]:
    return remembered("places", lambda: _cards(_live("PlacePage").order_by("path")[:MOST_KEPT]))


def makers() -> list[MakerCard]:
    return remembered("makers", _makers)


def _makers() -> list[MakerCard]:
    """Producers with something to show, the first of their products lending its picture."""
    ProductImage = apps.get_model("catalogue", "ProductImage")
    Partner = apps.get_model("partner", "Partner")
    producers = list(
        Partner.objects.public()
        .filter(products__live=True)
        .select_related("ward__province", "former_commune")
        .distinct()
        .order_by("pk")
    )
    first: dict[int, int] = {}
    images = ProductImage.objects.filter(
        product__producer__in=producers, product__live=True
    ).exclude(product__abv__gt=0)
    for producer_id, picture_id in images.order_by("product_id", "display_order").values_list(
        "product__producer_id", "original_id"
    ):
        first.setdefault(producer_id, picture_id)
    for producer in producers:
        if producer.picture_id:
            first[producer.pk] = producer.picture_id
    pictures = pictures_by_key(first.values())
    return [
        MakerCard(
            name=producer.display_name,
            url=producer.get_absolute_url(),
            kind=producer.get_kind_display(),
            place=producer.ward.phrase if producer.ward else "",
            picture=shown_picture(pictures.get(first.get(producer.pk, 0)), SMALL_SQUARE_SPECS),
        )
        for producer in producers
    ]


def story_of(product: Any) -> PageCard | None:
    """The story told of a product, the newest where there are several."""
    key = product.canonical.pk
    told = _live("StoryPage").filter(product_id=key).select_related("place")
    found = remembered(f"story-of:{key}", lambda: _cards(told[:1]))
    return found[0] if found else None


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

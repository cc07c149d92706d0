"""Stories, gift pages and places as entries of the search, in the visitor's language."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language

from catalogue.lookup.entries import Entry
from cms.models import GiftPage, PlacePage, StoryPage
from cms.sharing import page_path


def story_entries() -> Iterator[Entry]:
    """A story of a drink with alcohol is as hidden as the drink (Luật 44/2019/QH14)."""
    stories = StoryPage.objects.live().select_related("product", "place")
    for story in _in_this_language(stories):
        place = story.place.title if story.place else ""
        is_alcohol = bool(story.product and story.product.is_alcohol)
        yield _entry("story", story, places=place, is_alcohol=is_alcohol)


def gift_entries() -> Iterator[Entry]:
    for gift in _in_this_language(GiftPage.objects.live()):
        yield _entry("gift", gift)


def place_entries() -> Iterator[Entry]:
    for place in _in_this_language(PlacePage.objects.live().select_related("ward")):
        yield _entry("place", place, places=place.ward.full_name if place.ward else "")


def _in_this_language(pages: Any) -> Any:
    return pages.filter(locale__language_code=get_language())


def _entry(kind: str, page: Any, **facts: Any) -> Entry:
    return Entry(
        kind=kind,
        key=page.pk,
        title=page.title,
        name=page.title,
        text=page.folded,
        url=page_path(page),
        lead=page.lead,
        **facts,
    )

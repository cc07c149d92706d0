"""Told pages and sections as entries of the search, each in its own language."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
)

from catalogue.lookup.indexing import changed
from catalogue.lookup.models import Entry, Kind
from catalogue.lookup.signals import says_something
from catalogue.lookup.sources import Source, register
from catalogue.models import Product
from cms.addresses import page_path
from cms.models import (
    CampaignPage,
    EventPage,
    GiftPage,
    PlacePage,
    SectionPage,
    StoryPage,
)


def _findable(model: Any, *related: str) -> Callable[[], Any]:
    return lambda: model.objects.live().select_related("locale", *related)


def story_entry(story: Any) -> Entry:
    """A story of a drink with alcohol is as hidden as the drink (Luật 44/2019/QH14)."""
    is_alcohol = bool(story.product and story.product.is_alcohol)
    return _entry(STORIES, Kind.STORY, story, _names_of(story.place), is_alcohol=is_alcohol)


def gift_entry(gift: Any) -> Entry:
    """What is told of a box: the box itself is found as the product that it is."""
    is_alcohol = bool(gift.box and gift.box.is_alcohol)
    return _entry(GIFTS, Kind.STORY, gift, _names_of(gift.place), is_alcohol=is_alcohol)


def place_entry(place: Any) -> Entry:
    return _entry(PLACES, Kind.PLACE, place, _names_of(place))


def event_entry(event: Any) -> Entry:
    ward = event.ward
    here = [event.venue, *([ward.full_name, ward.province.full_name] if ward else [])]
    return _entry(EVENTS, Kind.STORY, event, [*here, *_names_of(event.place)])


def campaign_entry(campaign: Any) -> Entry:
    return _entry(CAMPAIGNS, Kind.STORY, campaign, _names_of(campaign.place))


def section_entry(section: Any) -> Entry:
    return _entry(SECTIONS, Kind.STORY, section, _names_of(section.place))


def _names_of(place: Any) -> list[str]:
    """A place by its names of today and before 7/2025."""
    if place is None:
        return []
    ward, former = place.ward, place.former_commune
    said = [place.title, place.former_district, place.former_province]
    if ward:
        said += [ward.full_name, ward.province.full_name]
    if former:
        said += [former.name, former.former_district, former.former_province]
    return said


def _entry(source: Source, kind: Kind, page: Any, places: list[str], **facts: Any) -> Entry:
    return Entry.of(
        source=source.code,
        key=page.pk,
        language=page.locale.language_code,
        kind=kind,
        name=page.title,
        lead=page.lead,
        address=page_path(page),
        names=[page.title],
        places=places,
        text=[page.folded],
        **facts,
    )


_PLACE = ("place__ward__province", "place__former_commune")
STORIES = Source("story", _findable(StoryPage, "product__parent", *_PLACE), story_entry)
GIFTS = Source("gift", _findable(GiftPage, "box__parent", *_PLACE), gift_entry)
PLACES = Source("place", _findable(PlacePage, "ward__province", "former_commune"), place_entry)
EVENTS = Source("event", _findable(EventPage, "ward__province", *_PLACE), event_entry)
CAMPAIGNS = Source("campaign", _findable(CampaignPage, *_PLACE), campaign_entry)
SECTIONS = Source("section", _findable(SectionPage, *_PLACE), section_entry)
_SOURCES: dict[Any, Source] = {
    StoryPage: STORIES,
    GiftPage: GIFTS,
    PlacePage: PLACES,
    EventPage: EVENTS,
    CampaignPage: CAMPAIGNS,
    SectionPage: SECTIONS,
}
#: Pages that are found by the names of a place.
_TOLD_OF_PLACES = (StoryPage, GiftPage, EventPage, CampaignPage, SectionPage)


def page_changes(instance: Any, **kwargs: Any) -> None:
    """One page; when it is a place, also what was told of it."""
    page = instance.specific_class
    if source := _SOURCES.get(page):
        changed(source.code, [instance.pk])
    if page is PlacePage:
        for model in _TOLD_OF_PLACES:
            changed(_SOURCES[model].code, _keys(model.objects.filter(place=instance.pk)))


def addresses_change(instance: Any, **kwargs: Any) -> None:
    """A page with another address, and all below it."""
    for model, source in _SOURCES.items():
        changed(source.code, _keys(model.objects.descendant_of(instance, inclusive=True)))


def product_changes(instance: Any, **kwargs: Any) -> None:
    """Whether it is a drink for adults decides who finds what is told of it."""
    if not says_something(kwargs):
        return
    changed(STORIES.code, _keys(StoryPage.objects.filter(product=instance.pk)))
    changed(GIFTS.code, _keys(GiftPage.objects.filter(box=instance.pk)))


def _keys(pages: Any) -> Iterable[int]:
    return list(pages.values_list("pk", flat=True))


def connect() -> None:
    for source in _SOURCES.values():
        register(source)
    for signal in (page_published, page_unpublished):
        signal.connect(page_changes, dispatch_uid="lookup.page_changes")
    for signal in (page_slug_changed, post_page_move):
        signal.connect(addresses_change, dispatch_uid="lookup.addresses_change")
    for model in _SOURCES:
        post_delete.connect(page_changes, sender=model, dispatch_uid=f"lookup.{model.__name__}")
    for signal in (post_save, published):
        signal.connect(product_changes, sender=Product, dispatch_uid="lookup.stories_of_product")

"""What networks show of a page: its title, place and picture; of a gift page the box."""

from typing import Any

from django.apps import apps

from catalogue.cards import cards_by_key
from catalogue.share_cards.facts import (
    ShareCard,
    ShareFacts,
    note_of,
    price_words,
    register,
    share_card,
)
from cms.pictures import pictures_by_key

PAGES = "trang"


def facts_of_page(page: Any) -> ShareFacts:
    """Of a page as its own class; reads its picture, and the box of a gift page."""
    field = page.lead_picture_field()
    picture_id = page.share_image_id or (getattr(page, f"{field}_id") if field else None)
    picture = pictures_by_key([picture_id]).get(picture_id) if picture_id else None
    box_id = getattr(page, "box_id", None)
    box = next(iter(cards_by_key([box_id], with_alcohol=False)), None) if box_id else None
    return ShareFacts(
        title=page.title,
        place=_place_of(page),
        stars=box.stars if box else 0,
        stars_text=box.stars_text if box else "",
        price=price_words(box) if box else "",
        note=note_of(box) if box else "",
        picture_id=picture.pk if picture else None,
        picture=picture,
    )


def _place_of(page: Any) -> str:
    """The line under the title: the feast or the days of it, and where."""
    place, span = getattr(page, "place", None), getattr(page, "span", None)
    where = getattr(page, "where", "") or (place.title if place is not None else "")
    said = (getattr(page, "feast", ""), span.words if span else "", where)
    return " · ".join(part for part in said if part)


def of_page(pk: int) -> ShareFacts | None:
    """Of a page that visitors may open and search engines may show."""
    page = apps.get_model("cms", "BasePage").objects.live().public().filter(pk=pk).first()
    if page is None or page.specific.is_kept_from_search_engines():
        return None
    return facts_of_page(page.specific)


def share_card_of(page: Any) -> ShareCard | None:
    """For the head of a page; None for one kept from search engines."""
    if page.is_kept_from_search_engines():
        return None
    return share_card(PAGES, page.pk, facts_of_page(page))


def connect() -> None:
    register(PAGES, of_page)

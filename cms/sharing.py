"""What search engines and networks are told about a page."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest

from catalogue.product_page import Crumb
from catalogue.share_cards.facts import ShareCard
from catalogue.structured_data import absolute
from cms.addresses import page_path
from cms.remembered import remembered_of
from cms.share_cards import share_card_of
from cms.structured_data import page_data, way_to

if TYPE_CHECKING:
    from cms.models import BasePage

#: Letters of a description that search engines show.
DESCRIPTION_LETTERS = 160


@dataclass(frozen=True)
class PageHead:
    """Title and description, the one address, the same page in other languages, a picture.

    `above` are the pages between the home page and this one.
    """

    title: str
    description: str
    canonical: str
    alternates: list[tuple[str, str]]
    card: ShareCard | None = None
    noindex: bool = False
    data: list[dict[str, Any]] = field(default_factory=list)
    above: list[Crumb] = field(default_factory=list)


def page_head(page: "BasePage", request: HttpRequest) -> PageHead:
    """What the head of a page says; remembered until something is published."""
    return remembered_of(page, request, "head", lambda: _head(page, request))


def _head(page: "BasePage", request: HttpRequest) -> PageHead:
    way = way_to(page)
    return PageHead(
        title=page.seo_title or page.title,
        description=_description(page),
        canonical=absolute(page_path(page)),
        alternates=_alternates(page),
        card=share_card_of(page),
        data=page_data(page, request, way),
        noindex=page.is_kept_from_search_engines(),
        above=way[1:-1],
    )


def _description(page: Any) -> str:
    text = page.search_description or getattr(page, "lead", "")
    if len(text) <= DESCRIPTION_LETTERS:
        return text
    return text[:DESCRIPTION_LETTERS].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def _alternates(page: "BasePage") -> list[tuple[str, str]]:
    from cms.models import BasePage

    same = (
        BasePage.objects.filter(translation_key=page.translation_key, live=True)
        .select_related("locale")
        .order_by("pk")
    )
    found = [(each.locale.language_code, absolute(page_path(each))) for each in same]
    if len(found) < 2:
        return []
    return [*found, *(("x-default", url) for code, url in found if code == settings.LANGUAGE_CODE)]

"""Addresses of the pages that every page of the shop links to."""

from functools import cache, partial
from typing import Any, NamedTuple

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from cms.addresses import page_path
from shop.pagecache.here import remembered_here

#: Slugs of the index pages under the home page of every language.
STORIES, GIFTS, PLACES = "cau-chuyen", "hop-qua", "dia-danh"
EVENTS, CAMPAIGNS = "su-kien", "mua-qua"


class PageLink(NamedTuple):
    title: str
    url: str


def policy_links() -> tuple[PageLink, ...]:
    """Footer links: the live information pages marked for it, in the order of the tree."""
    StandardPage = apps.get_model("cms", "StandardPage")
    pages = (
        StandardPage.objects.live()
        .filter(in_footer=True, locale__language_code=get_language())
        .order_by("path")
    )
    return tuple(PageLink(page.title, page_path(page)) for page in pages)


class Menu(NamedTuple):
    """Where the shop's menu leads; `here`: the one of these pages that is shown, if any is."""

    products: str
    gifts: str
    stories: str
    makers: str
    events: str
    here: str = ""


@cache
def _addresses(language: str | None) -> tuple[dict[str, str], Menu]:
    """Of the pages that are always there, in the language that is on."""
    home = reverse("wagtail_serve", args=[""])
    addresses = {
        "home_url": home,
        "stories_url": f"{home}{STORIES}/",
        "gifts_url": f"{home}{GIFTS}/",
        "places_url": f"{home}{PLACES}/",
        "events_url": f"{home}{EVENTS}/",
        "campaigns_url": f"{home}{CAMPAIGNS}/",
    }
    menu = Menu(
        reverse("catalogue:index"),
        addresses["gifts_url"],
        addresses["stories_url"],
        reverse("partner:index"),
        addresses["events_url"],
    )
    return addresses, menu


def pages(request: HttpRequest) -> dict[str, Any]:
    addresses, menu = _addresses(get_language())
    return {
        **addresses,
        "menu": menu._replace(here=request.path) if request.path in menu else menu,
        "policy_links": partial(remembered_here, "policies", policy_links),
    }

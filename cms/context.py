"""Addresses of the pages that every page of the shop links to."""

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from cms.addresses import page_path
from cms.remembered import remembered

#: Slugs of the index pages under the home page of every language.
STORIES, GIFTS, PLACES = "cau-chuyen", "hop-qua", "dia-danh"
EVENTS, CAMPAIGNS = "su-kien", "mua-qua"


def policy_links() -> list[dict[str, str]]:
    """Footer links: the live information pages marked for it, in the order of the tree."""
    StandardPage = apps.get_model("cms", "StandardPage")
    pages = (
        StandardPage.objects.live()
        .filter(in_footer=True, locale__language_code=get_language())
        .order_by("path")
    )
    return [{"title": page.title, "url": page_path(page)} for page in pages]


def pages(request: HttpRequest) -> dict[str, Any]:
    home = reverse("wagtail_serve", args=[""])
    return {
        "home_url": home,
        "stories_url": f"{home}{STORIES}/",
        "gifts_url": f"{home}{GIFTS}/",
        "places_url": f"{home}{PLACES}/",
        "events_url": f"{home}{EVENTS}/",
        "campaigns_url": f"{home}{CAMPAIGNS}/",
        "policy_links": SimpleLazyObject(lambda: remembered("policies", policy_links)),
    }

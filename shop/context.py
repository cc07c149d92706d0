"""What every page of the shop needs beside its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language

from shop.basket.counting import may_have_pieces
from shop.seller import seller_of

#: Which page of a list: the one part of a query that is a page of its own.
PAGE_PARAM = "trang"
#: Where the staff's pages are.
OFFICE = "/quan-ly/"


def language_links(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page in each language of the shop."""
    # Two slashes at the beginning would name another site.
    here = escape_leading_slashes(request.get_full_path())
    active = get_language()
    return [
        {
            "code": code,
            "label": label,
            "url": translate_url(here, code),
            "active": code == active,
        }
        for code, label in settings.LANGUAGES
    ]


def alternate_links(request: HttpRequest) -> list[tuple[str, str]]:
    """This page in each language for search engines (`hreflang`): without filters."""
    page = request.GET.get(PAGE_PARAM, "")
    here = f"{request.path}?{PAGE_PARAM}={page}" if page.isdigit() and page != "1" else request.path
    found = [(code, translate_url(here, code)) for code, _label in settings.LANGUAGES]
    # Who reads neither language is led to the shop's own.
    return [*found, ("x-default", dict(found)[settings.LANGUAGE_CODE])]


def is_in_office(request: HttpRequest) -> bool:
    """A page of the staff, opened by staff: it has their menu instead of the shop's."""
    return request.path.startswith(OFFICE) and bool(getattr(request.user, "is_staff", False))


def shop(request: HttpRequest) -> dict[str, Any]:
    return {
        "may_have_basket": may_have_pieces(request),
        "in_office": is_in_office(request),
        "language_links": SimpleLazyObject(lambda: language_links(request)),
        "alternate_links": SimpleLazyObject(lambda: alternate_links(request)),
        "seller": SimpleLazyObject(lambda: seller_of(request)),
        "demo_mode": settings.DEMO_MODE,
        "base_url": settings.BASE_URL,
    }

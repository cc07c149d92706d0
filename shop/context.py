"""What every page of the shop needs beside its own content."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.functional import SimpleLazyObject
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language, get_language_from_path

from shop.basket.counting import may_have_pieces
from shop.seller import seller_of

#: Which page of a list: the one part of a query that is a page of its own.
PAGE_PARAM = "trang"
#: Where the staff's pages are.
OFFICE = "/quan-ly/"


#: Whether the pages of a view stand under the prefix of each language, by the view's name.
_prefixed: dict[str, bool] = {}


def _paths(request: HttpRequest) -> dict[str, str]:
    """The path of this page in each language of the shop, by its code."""
    path = escape_uri_path(request.path)
    codes = [code for code, _label in settings.LANGUAGES]
    match = request.resolver_match
    if match is None:
        return dict.fromkeys(codes, escape_leading_slashes(path))
    if match.view_name not in _prefixed:
        # Asked of the map of addresses once: it takes a third of a millisecond.
        _prefixed[match.view_name] = any(translate_url(path, code) != path for code in codes)
    if not _prefixed[match.view_name]:
        return dict.fromkeys(codes, escape_leading_slashes(path))
    bare = path.removeprefix(_prefix(get_language_from_path(path)))
    # Two slashes at the beginning would name another site.
    return {code: escape_leading_slashes(_prefix(code) + bare) for code in codes}


def _prefix(code: str | None) -> str:
    return "" if code in (None, settings.LANGUAGE_CODE) else f"/{code}"


def language_links(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page in each language of the shop."""
    query = request.META.get("QUERY_STRING", "")
    query = f"?{iri_to_uri(query)}" if query else ""
    active = get_language()
    paths = _paths(request)
    return [
        {"code": code, "label": label, "url": paths[code] + query, "active": code == active}
        for code, label in settings.LANGUAGES
    ]


def alternate_links(request: HttpRequest) -> list[tuple[str, str]]:
    """This page in each language for search engines (`hreflang`): without filters."""
    page = request.GET.get(PAGE_PARAM, "")
    query = f"?{PAGE_PARAM}={page}" if page.isdigit() and page != "1" else ""
    found = [(code, path + query) for code, path in _paths(request).items()]
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
        "seller": partial(seller_of, request),
        "demo_mode": settings.DEMO_MODE,
        "base_url": settings.BASE_URL,
    }

"""The search page and what is suggested while typing."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from catalogue.age import has_confirmed_age
from catalogue.lookup.counting import count_search
from catalogue.lookup.highlighting import highlighted
from catalogue.lookup.models import Kind
from catalogue.lookup.search import Found, search
from catalogue.lookup.suggesting import suggest
from catalogue.lookup.wanted import Scope
from shop.search.asking import asked_by_a_person, asked_words
from shop.search.results import (
    RESULTS_A_PAGE,
    groups,
    name_of,
    offered,
    overview,
    sections,
    url_of,
)

SUGGESTIONS_KEPT_SECONDS = 60


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    query = asked_words(request)
    kind = request.GET.get("loai", "")
    kind = kind if kind in Kind.values else ""
    found = search(query, scope_of(request), kind)
    if kind and found.total and not found.counts[kind]:
        kind = ""
        found = search(query, scope_of(request))
    if query and asked_by_a_person(request):
        count_search(query, found_nothing=not found.total)
    context = {"query": query, "found": found, "kind": kind, "tabs": _tabs(found, kind)}
    if found.total:
        context |= _page(request, found, kind)
    elif query:
        context |= {"offered": offered(), "groups": groups()}
    return render(request, "search/results.html", context)


@require_safe
@cache_control(private=True, max_age=SUGGESTIONS_KEPT_SECONDS)
@vary_on_cookie
def suggestions(request: HttpRequest) -> HttpResponse:
    """Options of the search box's list; nothing for a single letter."""
    suggested = suggest(asked_words(request), scope_of(request))
    options = [
        {
            "url": url_of(row),
            "name": name_of(row),
            "marked": highlighted(name_of(row), suggested.words),
            "kind": Kind(row.kind).label,
        }
        for row in suggested.rows
    ]
    context = {"options": options, "corrected": suggested.corrected}
    return render(request, "search/suggestions.html", context)


def scope_of(request: HttpRequest) -> Scope:
    return Scope(get_language() or "vi", shows_alcohol=has_confirmed_age(request))


def _page(request: HttpRequest, found: Found, kind: str) -> dict[str, object]:
    if not kind:
        return {"sections": overview(request, found)}
    page = Paginator(found.hits, RESULTS_A_PAGE).get_page(request.GET.get("trang"))
    return {"page_obj": page, "sections": sections(request, page, found.counts, found.words)}


def _tabs(found: Found, kind: str) -> list[dict[str, object]]:
    tabs = [
        {"code": each.value, "name": each.label, "count": found.counts[each], "is_on": each == kind}
        for each in Kind
        if found.counts[each]
    ]
    return tabs if len(tabs) > 1 or kind else []

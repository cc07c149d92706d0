"""The search page and what is suggested while typing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from catalogue.age import has_confirmed_age
from catalogue.lookup.counting import count_search
from catalogue.lookup.models import Kind
from catalogue.lookup.wanted import Scope, typed_words
from shop.search.answers import answer_to, drawn_suggestions
from shop.search.asking import asked_by_a_person, asked_words
from shop.search.results import groups, offered, sections

SUGGESTIONS_KEPT_SECONDS = 60


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    query = asked_words(request)
    kind = request.GET.get("loai", "")
    answer = answer_to(
        " ".join(typed_words(query)),
        scope_of(request),
        kind if kind in Kind.values else "",
        request.GET.get("trang", "") if kind else "",
    )
    if query and asked_by_a_person(request):
        count_search(query, found_nothing=not answer.total)
    context = {"query": query, "found": answer, "kind": answer.kind, "page_obj": answer.page}
    if answer.total:
        context |= {"sections": sections(request, answer)}
    elif query:
        context |= {"offered": offered(), "groups": groups()}
    return render(request, "search/results.html", context)


@require_safe
@cache_control(private=True, max_age=SUGGESTIONS_KEPT_SECONDS)
@vary_on_cookie
def suggestions(request: HttpRequest) -> HttpResponse:
    """Options of the search box's list; nothing for a single letter."""
    words = " ".join(typed_words(asked_words(request)))
    return HttpResponse(drawn_suggestions(words, scope_of(request)))


def scope_of(request: HttpRequest) -> Scope:
    return Scope(get_language() or "vi", shows_alcohol=has_confirmed_age(request))

"""The staff's page: what was looked for, and what was not found."""

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.lookup.counting import most_searched, searches

#: Days that one may look back, the first unless asked.
SPANS = (7, 30, 365)
ROWS_A_PAGE = 50


@require_safe
@login_required
@permission_required("lookup.view_searchcount", raise_exception=True)
def search_counts(request: HttpRequest) -> HttpResponse:
    # What other processes gather comes within half a minute.
    searches.flush()
    asked = request.GET.get("ngay", "")
    days = int(asked) if asked in map(str, SPANS) else SPANS[0]
    only_missing = request.GET.get("trong") == "1"
    counts = most_searched(days)
    if only_missing:
        counts = counts.filter(zero__gt=0).order_by("-zero", "words")
    context = {
        "spans": SPANS,
        "days": days,
        "only_missing": only_missing,
        "page_obj": Paginator(counts, ROWS_A_PAGE).get_page(request.GET.get("trang")),
    }
    return render(request, "search/counts.html", context)

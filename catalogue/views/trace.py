"""Trace pages: what is known of the lot on a stamp."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from catalogue.trace import find_by_link, find_lot, tidy_code, trace_page


@require_safe
def form(request: HttpRequest) -> HttpResponse:
    """Ask for the code; a code in the address leads to its page."""
    code = tidy_code(request.GET.get("ma", ""))
    # A slash would not fit into the address; no code of ours has one.
    if code and "/" not in code:
        return redirect("catalogue:trace", code=code)
    return render(request, "catalogue/trace_form.html", {"asked": "ma" in request.GET})


@require_safe
def lot(request: HttpRequest, code: str) -> HttpResponse:
    """A lot's page. An unknown code gets a real page that says so, with status 404."""
    found = find_lot(code)
    if found is None:
        return render(
            request, "catalogue/trace_unknown.html", {"code": tidy_code(code)}, status=404
        )
    return render(request, "catalogue/trace.html", {"trace": trace_page(found)})


@require_safe
def digital_link(request: HttpRequest, gtin: str, code: str) -> HttpResponse:
    """`/01/<GTIN>/10/<lot>` (GS1 Digital Link): to the lot's page."""
    found = find_by_link(gtin, code)
    if found is None:
        return render(
            request, "catalogue/trace_unknown.html", {"code": tidy_code(code)}, status=404
        )
    return redirect(found)

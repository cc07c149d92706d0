"""The page for companies: what there is, until when to order, and asking for a price."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from shop.corporate.forms import RequestForm
from shop.corporate.offer import box_cards, deadlines, tiers_of
from shop.corporate.requesting import ask_for_quote
from shop.downloads import XLSX, as_download
from shop.giving.addresses import blank_sheet
from shop.limits.answers import too_many
from shop.limits.mailboxes import count_letter


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    cards = box_cards()
    if request.method != "POST":
        return _page(request, RequestForm(cards=cards))
    form = RequestForm(request.POST, request.FILES, cards=cards)
    if "choose_province" in request.POST or request.POST.get("action") == "refresh":
        form.forget_errors()
        return _page(request, form)
    if request.POST.get("action") == "check":
        return _checked(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    if (letters := count_letter(form.cleaned_data["email"], what="quotes")).is_over:
        return too_many(request, letters.seconds_left)
    if not form.is_trapped:
        ask_for_quote(form.facts, form.wanted, form.list, user=request.user)
    return redirect("corporate:thanks")


def _checked(request: HttpRequest, form: RequestForm) -> HttpResponse:
    """Only the list is looked at, and nothing kept."""
    form.is_valid()
    refusal = form.errors.get("addresses")
    found = form.list
    form.forget_errors()
    if refusal:
        form.add_error("addresses", list(refusal))
    return _page(request, form, status=422 if refusal else 200, looked_at=found)


def _page(
    request: HttpRequest, form: RequestForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "tiers": tiers_of(form.cards),
        "feasts": deadlines(timezone.localdate()),
        "least_with_logo": settings.LEAST_WITH_LOGO,
        "large_from": settings.LARGE_ORDER_FROM,
        **more,
    }
    return render(request, "corporate/index.html", context, status=status)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "corporate/thanks.html")


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The sheet of addresses to fill in."""
    return as_download(blank_sheet(), XLSX, "danh-sach-nguoi-nhan.xlsx")

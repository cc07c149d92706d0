"""Companies' requests as staff see them: the list, one request, its quotes written and sent."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.corporate.access import LOOK, QUOTE
from shop.corporate.models import Quote, QuoteRequest
from shop.corporate.pdf import pdf_of
from shop.corporate.quoting import CannotQuote, close_request, draft_for, link_of, save_draft
from shop.corporate.quoting import send_quote as send_it
from shop.corporate.staff_forms import QuoteForm, lines_form
from shop.downloads import PDF, XLSX, as_download
from shop.giving.addresses import sheet_of
from shop.guards import staff_may
from shop.private_files import send_paper

A_PAGE = 50
FILES = ("logo", "address_file")


@require_safe
@staff_may(LOOK)
def index(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("trang-thai", "")
    rows = QuoteRequest.objects.prefetch_related("wanted")
    if state in QuoteRequest.State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("-pk"), A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "state": state,
        "states": QuoteRequest.State.choices,
        "waiting": QuoteRequest.objects.waiting().count(),
    }
    return render(request, "corporate/staff/index.html", context)


def _asked(pk: int) -> QuoteRequest:
    rows = QuoteRequest.objects.select_related("ward__province", "user")
    return get_object_or_404(rows, pk=pk)


@require_safe
@staff_may(LOOK)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _asked(pk)
    quotes = list(asked.quotes.select_related("order", "written_by").prefetch_related("lines"))
    context = {
        "asked": asked,
        "boxes": asked.wanted.select_related("product__parent"),
        "recipients": asked.recipients.count(),
        "quotes": [(quote, link_of(quote)) for quote in quotes],
        "is_ordered": any(quote.is_ordered for quote in quotes),
    }
    return render(request, "corporate/staff/detail.html", context)


@require_safe
@staff_may(LOOK)
def file(request: HttpRequest, pk: int, which: str) -> HttpResponseBase:
    """The logo or the list as it was handed in."""
    asked = _asked(pk)
    kept = getattr(asked, which) if which in FILES else None
    if not kept:
        raise Http404(_("Không có trang này."))
    return send_paper(kept)


@require_safe
@staff_may(LOOK)
def recipients(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as it was read, for packing."""
    rows = _asked(pk).recipients.select_related("ward__province")
    return as_download(sheet_of(rows), XLSX, f"nguoi-nhan-{pk}.xlsx")


@require_POST
@staff_may(LOOK, QUOTE)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a quote, or go on with the one that is being written."""
    try:
        quote = draft_for(_asked(pk), by=request.user)
    except CannotQuote as refusal:
        messages.error(request, str(refusal))
        return redirect("quotes-staff:detail", pk=pk)
    return redirect("quotes-staff:edit", pk=quote.pk)


@require_POST
@staff_may(LOOK, QUOTE)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        close_request(_asked(pk))
    except CannotQuote as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã đóng yêu cầu."))
    return redirect("quotes-staff:detail", pk=pk)


def _quote(pk: int) -> Quote:
    rows = Quote.objects.select_related("request__ward__province", "order")
    return get_object_or_404(rows.prefetch_related("lines__product__parent"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may(LOOK, QUOTE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    quote = _quote(pk)
    if not quote.is_draft:
        messages.info(request, _("Báo giá này đã gửi nên không sửa được. Hãy soạn bản mới."))
        return redirect("quotes-staff:detail", pk=quote.request_id)
    if request.method != "POST":
        return _editing(request, quote, QuoteForm(instance=quote), lines_form(quote))
    form, lines = QuoteForm(request.POST, instance=quote), lines_form(quote, request.POST)
    if not all([form.is_valid(), lines.is_valid()]):
        return _editing(request, quote, form, lines, status=422)
    try:
        save_draft(quote, form.cleaned_data, lines.lines)
    except CannotQuote as refusal:
        messages.error(request, str(refusal))
        return redirect("quotes-staff:detail", pk=quote.request_id)
    messages.success(request, _("Đã lưu bản nháp."))
    return redirect("quotes-staff:edit", pk=pk)


def _editing(
    request: HttpRequest, quote: Quote, form: Any, lines: Any, *, status: int = 200
) -> HttpResponse:
    # What was typed is in the form; sums are those of what was saved.
    context = {"quote": _quote(quote.pk), "form": form, "lines": lines}
    return render(request, "corporate/staff/edit.html", context, status=status)


@require_POST
@staff_may(LOOK, QUOTE)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    quote = _quote(pk)
    try:
        send_it(quote, by=request.user)
    except CannotQuote as refusal:
        messages.error(request, str(refusal))
        return redirect("quotes-staff:edit", pk=pk)
    words = _("Đã gửi báo giá %(code)s cho %(email)s.")
    messages.success(request, words % {"code": quote.code, "email": quote.request.email})
    return redirect("quotes-staff:detail", pk=quote.request_id)


@require_safe
@staff_may(LOOK)
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    quote = _quote(pk)
    return as_download(pdf_of(quote), PDF, f"bao-gia-{quote.code}.pdf")

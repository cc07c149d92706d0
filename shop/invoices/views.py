"""Requests for invoices as staff see them: the list, the sheet, one request with its answer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.downloads import XLSX, as_download
from shop.guards import staff_may
from shop.invoices.access import ANSWER, LOOK
from shop.invoices.export import workbook_of
from shop.invoices.forms import DeclinedForm, FilterForm, IssuedForm
from shop.invoices.handling import mark_declined, mark_issued, reopen
from shop.invoices.models import InvoiceRequest

A_PAGE = 50
#: Rows of one sheet; the filters part more.
MOST_ROWS = 10_000


@require_safe
@staff_may(LOOK)
def index(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    page = Paginator(form.found(), A_PAGE).get_page(request.GET.get("trang"))
    query = request.GET.copy()
    query.pop("trang", None)
    context = {
        "form": form,
        "page": page,
        "query": query.urlencode(),
        "waiting": InvoiceRequest.objects.waiting().count(),
    }
    return render(request, "invoices/index.html", context)


@require_safe
@staff_may(LOOK)
def export(request: HttpRequest) -> HttpResponse:
    """What the list's filters show, as a spreadsheet."""
    rows = FilterForm(request.GET).found()[:MOST_ROWS]
    name = f"yeu-cau-xuat-hoa-don-{timezone.localdate():%Y%m%d}.xlsx"
    return as_download(workbook_of(rows), XLSX, name)


@require_safe
@staff_may(LOOK)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail(request, _asked(pk))


def _asked(pk: int) -> InvoiceRequest:
    rows = InvoiceRequest.objects.select_related("order", "handled_by")
    return get_object_or_404(rows, pk=pk)


def _detail(
    request: HttpRequest, asked: InvoiceRequest, *, status: int = 200, **forms: Any
) -> HttpResponse:
    context = {
        "asked": asked,
        "order": asked.order,
        "issued_form": IssuedForm(initial={"issued_on": timezone.localdate()}),
        "declined_form": DeclinedForm(),
        **forms,
    }
    return render(request, "invoices/detail.html", context, status=status)


@require_POST
@staff_may(LOOK, ANSWER)
def issued(request: HttpRequest, pk: int) -> HttpResponse:
    asked, form = _asked(pk), IssuedForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            mark_issued(asked, data["number"], data["issued_on"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _done(request, asked, _("Đã ghi số hóa đơn %(number)s.") % data)
    return _detail(request, asked, status=422, issued_form=form)


@require_POST
@staff_may(LOOK, ANSWER)
def declined(request: HttpRequest, pk: int) -> HttpResponse:
    asked, form = _asked(pk), DeclinedForm(request.POST)
    if not form.is_valid():
        return _detail(request, asked, status=422, declined_form=form)
    mark_declined(asked, form.cleaned_data["note"], by=request.user)
    return _done(request, asked, _("Đã ghi: không xuất hóa đơn cho đơn này."))


@require_POST
@staff_may(LOOK, ANSWER)
def opened_again(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _asked(pk)
    reopen(asked, by=request.user)
    return _done(request, asked, _("Yêu cầu lại chờ xuất."))


def _done(request: HttpRequest, asked: InvoiceRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("invoices:detail", pk=asked.pk)

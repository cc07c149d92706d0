"""A buyer's reports: by the order's secret link, or signed in."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.order.access import order_for, private
from shop.order.models import Order, Parcel
from shop.order.steps import StepNotPossible
from shop.order.views import signed_in
from shop.private_files import send_paper
from shop.returns.asking import add_to, withdraw
from shop.returns.asking import report as keep_report
from shop.returns.errors import CannotReport
from shop.returns.forms import MoreForm, ReportForm
from shop.returns.models import ReturnPhoto, ReturnRequest
from shop.returns.rules import kind_of, reasons_for, rules, words_of


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """Say what was wrong with a parcel."""
    order = order_for(request, number)
    parcel = get_object_or_404(order.parcels.select_related("producer"), position=position)
    if not reasons_for(parcel):
        messages.error(request, _("Kiện này chưa gửi nên chưa báo lỗi được."))
        return private(redirect("order:detail", number=order.number))
    if request.method != "POST":
        return _form(request, order, parcel, ReportForm(parcel=parcel))
    form = ReportForm(request.POST, request.FILES, parcel=parcel)
    if not form.is_valid():
        return _form(request, order, parcel, form, status=422)
    data = form.cleaned_data
    try:
        asked = keep_report(
            parcel,
            form.wanted,
            reason=data["reason"],
            words=data["words"],
            wish=data["wish"],
            key=data["key"],
            photos=data["photos"],
            by=signed_in(request),
        )
    except CannotReport as refusal:
        form.add_error(None, str(refusal))
        return _form(request, order, parcel, form, status=422)
    messages.success(request, _("Đã gửi. Chúng tôi xem và trả lời bạn."))
    return private(redirect("order:return", number=order.number, pk=asked.pk))


def _form(
    request: HttpRequest, order: Order, parcel: Parcel, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    known = rules()
    lines = parcel.lines.filter(is_wrapping=False).select_related("product__parent")
    kinds = {kind_of(line) for line in lines}
    context = {
        "order": order,
        "parcel": parcel,
        "form": form,
        "rules": [words_of(rule) for kind, rule in known.items() if kind in kinds],
        "is_sample": any(rule.is_sample for rule in known.values()),
    }
    return private(render(request, "returns/report.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One report with its answer; while it is open the buyer adds words and photographs."""
    order = order_for(request, number)
    asked = get_object_or_404(ReturnRequest.objects.select_related("refund"), order=order, pk=pk)
    if request.method != "POST":
        return _detail(request, order, asked, MoreForm())
    form = MoreForm(request.POST, request.FILES)
    if not form.is_valid():
        return _detail(request, order, asked, form, status=422)
    data = form.cleaned_data
    try:
        add_to(asked, data["text"], data["photos"], by=signed_in(request))
    except (CannotReport, StepNotPossible) as refusal:
        form.add_error(None, str(refusal))
        return _detail(request, order, asked, form, status=422)
    messages.success(request, _("Đã gửi thêm."))
    return private(redirect("order:return", number=order.number, pk=asked.pk))


def _detail(
    request: HttpRequest, order: Order, asked: ReturnRequest, form: MoreForm, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"order": order, "form": form, **facts_of(asked)}
    return private(render(request, "returns/detail.html", context, status=status))


def facts_of(asked: ReturnRequest) -> dict[str, Any]:
    """What every page about a report shows of it."""
    return {
        "asked": asked,
        "rows": list(asked.lines.select_related("line__product__parent", "line__lot", "lot")),
        "photo_groups": _photo_groups(asked),
        "said": list(asked.messages.select_related("parcel__producer")),
    }


def _photo_groups(asked: ReturnRequest) -> list[tuple[str, list[ReturnPhoto]]]:
    """The photographs by whose they are, with words for that; nobody's empty row."""
    photos = list(asked.photos.all())
    groups = [
        (_("Ảnh của người mua"), [photo for photo in photos if not photo.is_of_producer]),
        (_("Ảnh của nhà sản xuất"), [photo for photo in photos if photo.is_of_producer]),
    ]
    return [(words, found) for words, found in groups if found]


@require_POST
def take_back(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The buyer withdraws an open report."""
    order = order_for(request, number)
    asked = get_object_or_404(ReturnRequest, order=order, pk=pk)
    try:
        withdraw(asked)
    except CannotReport as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã rút lại."))
    return private(redirect("order:return", number=order.number, pk=asked.pk))


@require_safe
def photo(request: HttpRequest, number: str, pk: int, photo: int) -> FileResponse:
    """One photograph, for who may open the order."""
    order = order_for(request, number)
    found = get_object_or_404(ReturnPhoto, pk=photo, request=pk, request__order=order)
    return send_paper(found.file)

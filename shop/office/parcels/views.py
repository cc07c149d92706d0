"""Parcels for those who pack and hand over at the shop's own table, whoever made the goods."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.downloads import PDF, as_download
from shop.guards import staff_may
from shop.office.parcels.lists import LISTS, late_parcels, parcels_of, parcels_to_pack
from shop.order.fulfilment import hand_over, mark_delivered, start_packing
from shop.order.models import Parcel
from shop.order.refusing import refuse_delivery
from shop.order.steps import StepNotPossible
from shop.payment.cash import to_collect
from shop.producers.forms import HandOverForm, SentBackForm
from shop.producers.parcels.papers import label_pdf, slip_pdf

LOOK, MOVE = "order.view_order", "office.move_parcels"
A_PAGE = 50


@require_safe
@staff_may(LOOK)
def parcels(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("loai", "")
    chosen = asked if asked in LISTS else ""
    found = parcels_of(chosen).select_related(
        "producer", "order__shipping_address", "recipient__address"
    )
    order = ("promised_to", "pk") if chosen in ("dong-goi", "tre") else ("-pk",)
    page = Paginator(found.order_by(*order), A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "chosen": chosen,
        "lists": LISTS.items(),
        "to_pack": parcels_to_pack().count(),
        "late": late_parcels().count(),
    }
    return render(request, "office/parcels/list.html", context)


@require_safe
@staff_may(LOOK)
def parcel(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _parcel(pk))


@require_POST
@staff_may(MOVE)
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, start_packing, _("Đã bắt đầu đóng gói."))


@require_POST
@staff_may(MOVE)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return _show(request, _parcel(pk), status=422, form=form)
    carrier, number = form.cleaned_data["carrier"], form.cleaned_data["tracking_number"]
    return _step(
        request,
        pk,
        lambda found: hand_over(found, carrier, number),
        _("Đã giao cho bên vận chuyển."),
    )


@require_POST
@staff_may(MOVE)
def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, mark_delivered, _("Đã giao đến người mua."))


@require_POST
@staff_may(MOVE)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """It came back; what is sound goes into stock again."""
    found = _parcel(pk)
    form = SentBackForm(request.POST, parcel=found)
    if not form.is_valid():
        return _show(request, found, status=422, sent_back=form)
    return _step(
        request,
        pk,
        lambda own: refuse_delivery(own, by=request.user, restock=form.sound),
        _("Đã ghi kiện bị trả lại."),
    )


@require_safe
@staff_may(LOOK)
def label(request: HttpRequest, pk: int) -> HttpResponse:
    return _paper(_parcel(pk), label_pdf, "nhan")


@require_safe
@staff_may(LOOK)
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    return _paper(_parcel(pk), slip_pdf, "phieu")


def _parcel(pk: int) -> Parcel:
    rows = Parcel.objects.select_related(
        "order__shipping_address", "producer__ward__province", "recipient__address"
    ).prefetch_related(
        "lines__lot",
        "lines__product__parent",
        "lines__box__product__parent",
        "lines__picture",
        "events",
    )
    return get_object_or_404(rows, pk=pk)


def _show(
    request: HttpRequest,
    found: Parcel,
    *,
    status: int = 200,
    form: HandOverForm | None = None,
    sent_back: SentBackForm | None = None,
) -> HttpResponse:
    context = {
        "parcel": found,
        "collect": to_collect(found),
        "said": found.messages.filter(about=None).select_related("by").order_by("pk"),
        "form": form or HandOverForm(),
        "sent_back": sent_back or SentBackForm(parcel=found),
    }
    return render(request, "office/parcels/parcel.html", context, status=status)


def _step(
    request: HttpRequest, pk: int, step: Callable[[Parcel], Parcel], done: str
) -> HttpResponse:
    try:
        step(_parcel(pk))
    except StepNotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("office:parcel", pk=pk)


def _paper(found: Parcel, draw: Callable[[Parcel], bytes], name: str) -> HttpResponse:
    number = str(found).replace("/", "-")
    return as_download(draw(found), PDF, f"{name}-{number}.pdf")

"""The list of orders to call about, for staff: one click confirms, one cancels."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.order.models import Order
from shop.payment.methods.cod.confirming import (
    NotWaiting,
    confirm_order,
    decline_order,
    orders_to_confirm,
)
from shop.payment.methods.cod.history import PhoneHistory
from shop.payment.staff.access import staff_may

A_PAGE = 30
REASON_LENGTH = 200
#: To look at orders and decide about them.
CHANGE = "order.change_order"


@require_safe
@staff_may(CHANGE)
def waiting(request: HttpRequest) -> HttpResponse:
    page = Paginator(orders_to_confirm(), A_PAGE).get_page(request.GET.get("trang"))
    rows = [(order, PhoneHistory(_phone(order))) for order in page]
    return render(request, "payment/cod/waiting.html", {"page": page, "rows": rows})


def _phone(order: Order) -> str:
    return str(order.shipping_address.phone_number or "") if order.shipping_address else ""


@require_POST
@staff_may(CHANGE)
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    return _decide(
        request,
        number,
        lambda order: confirm_order(order, by=request.user),
        _("Đã xác nhận đơn %(number)s, nhà sản xuất đã được báo."),
    )


@require_POST
@staff_may(CHANGE)
def decline(request: HttpRequest, number: str) -> HttpResponse:
    reason = request.POST.get("reason", "").replace("\x00", "").strip()[:REASON_LENGTH]
    return _decide(
        request,
        number,
        lambda order: decline_order(order, by=request.user, reason=reason),
        _("Đã hủy đơn %(number)s."),
    )


def _decide(
    request: HttpRequest, number: str, act: Callable[[Order], Order], words: str
) -> HttpResponse:
    order = get_object_or_404(Order, number=number, payment_method="cod")
    try:
        act(order)
    except NotWaiting as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words % {"number": order.number})
    return redirect("cod:waiting")

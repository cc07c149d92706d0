"""The order's page, its thanks page, and cancelling. All by secret link or signed in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.basket.refilling import refill
from shop.order.access import has_link, order_for, private, remember
from shop.order.cancelling import CannotCancel, cancel_order
from shop.order.page import page_of
from shop.payment.changing import CannotChange, change_method
from shop.payment.registry import method_of


def _page(request: HttpRequest, template: str, number: str) -> HttpResponse:
    order = order_for(request, number)
    if "k" in request.GET and has_link(request, order):
        # From here the session opens it: the secret leaves the address bar and the history.
        remember(request, order)
        response = private(redirect(request.path))
        response["Referrer-Policy"] = "no-referrer"
        return response
    context: dict[str, Any] = {"page": page_of(order), "order": order}
    return private(render(request, template, context))


@require_safe
def order_detail(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, "order/detail.html", number)


@require_safe
def order_thanks(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, "order/thanks.html", number)


@require_POST
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Cancel while nothing is packed; said again, it stays cancelled."""
    order = order_for(request, number)
    try:
        cancel_order(order, reason=_("Người mua tự hủy."), by=signed_in(request))
    except CannotCancel as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã hủy đơn %(number)s.") % {"number": order.number})
    return private(redirect("order:detail", number=order.number))


@require_POST
def pay_by(request: HttpRequest, number: str) -> HttpResponse:
    """Pay a waiting order another way, and on to that way's next step."""
    order = order_for(request, number)
    try:
        order = change_method(order, request.POST.get("method", ""), by=signed_in(request))
    except CannotChange as refusal:
        messages.error(request, str(refusal))
        return private(redirect("order:detail", number=number))
    method = method_of(order.payment_method)
    return private(redirect(method.next_url(order) if method else order.get_absolute_url()))


@require_POST
def again(request: HttpRequest, number: str) -> HttpResponse:
    """The same goods into the basket, at today's prices; what is not there is named."""
    order = order_for(request, number)
    outcome = refill(request.basket, order)  # type: ignore[attr-defined]
    for title, reason in outcome.refused:
        words = _("“%(title)s” chưa cho lại vào giỏ được. %(reason)s")
        messages.warning(request, words % {"title": title, "reason": reason})
    if outcome.added:
        messages.success(request, _("Đã cho lại hàng của đơn vào giỏ, theo giá hôm nay."))
    return private(redirect("basket:summary"))


def signed_in(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None

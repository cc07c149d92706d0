"""The page of a bank transfer: the code, the same in words, and what is known of the money."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.order.access import order_for, private
from shop.order.models import Order
from shop.payment.methods.vietqr.method import VietQR, instructions_for
from shop.payment.models import Payment
from shop.payment.receiving import claim
from shop.payment.vietqr import picture

#: Seconds between two looks at the money: at first, and at most.
FIRST_LOOK, SLOWEST_LOOK = 3, 30
#: Looks after which the page asks no more by itself.
MOST_LOOKS = 400


@require_safe
def transfer(request: HttpRequest, number: str) -> HttpResponse:
    order = order_for(request, number)
    payment = order.payment
    if payment.method != VietQR.code or payment.state not in Payment.PAYABLE:
        return private(redirect(_after(order)))
    instructions = instructions_for(payment)
    title = _("Mã VietQR để trả đơn %(number)s") % {"number": number}
    context = {
        "order": order,
        "payment": payment,
        "transfer": instructions,
        # segno's own SVG of a payload of ours: nothing of the buyer's stands in it.
        "picture": mark_safe(picture(instructions["payload"], title=title)),
        **_look(0),
    }
    return private(render(request, "payment/vietqr.html", context))


@require_safe
def state(request: HttpRequest, number: str) -> HttpResponse:
    """The fragment that the page asks for again and again; on to the next page once it is over."""
    order = order_for(request, number)
    payment = order.payment
    if payment.method != VietQR.code or request.GET.get("part", payment.part) != payment.part:
        return private(HttpResponse(headers={"HX-Redirect": _after(order)}))
    if payment.state not in Payment.PAYABLE:
        return private(HttpResponse(headers={"HX-Redirect": _after(order)}))
    looks = request.GET.get("n", "0")
    context = {"order": order, "payment": payment}
    context |= _look(min(int(looks), MOST_LOOKS) if looks.isascii() and looks.isdigit() else 0)
    return private(render(request, "payment/vietqr_state.html", context))


@require_POST
def claimed(request: HttpRequest, number: str) -> HttpResponse:
    """The buyer says that the transfer is on its way: looked at sooner, believed by nobody."""
    order = order_for(request, number)
    claim(order.payment)
    messages.info(request, _("Cảm ơn bạn. Tiền đến là trang này báo ngay."))
    return private(redirect("vietqr:transfer", number=number))


def _after(order: Order) -> str:
    """Where a buyer goes who has nothing to transfer any more."""
    paid = order.payment.state in (*Payment.SETTLED, Payment.State.DEPOSITED)
    return reverse("order:thanks" if paid else "order:detail", kwargs={"number": order.number})


def _look(looks: int) -> dict[str, Any]:
    """When the page looks again: quick at first, slower the longer it is open."""
    wait = min(SLOWEST_LOOK, FIRST_LOOK + looks // 20)
    return {"next_look": looks + 1, "wait": wait, "looks_again": looks < MOST_LOOKS}

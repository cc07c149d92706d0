"""To Stripe's page and back. Money is believed when Stripe says it, not when a browser returns."""

import logging
from typing import Any

import stripe
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shop.order.access import order_for, private
from shop.order.models import Order
from shop.payment.changing import other_ways
from shop.payment.methods.stripe import sessions
from shop.payment.models import Payment

logger = logging.getLogger(__name__)
#: The page asks Stripe itself when its message is late: not sooner, nor more often, seconds.
PATIENCE = 8
WAIT_SECONDS, MOST_LOOKS = 3, 200


@require_safe
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """On to the hosted page. When Stripe does not answer, the truth and the other ways."""
    order = order_for(request, number)
    try:
        url = sessions.session_url(order)
    except sessions.NotWaiting:
        return private(redirect(_after(_fresh(order))))
    except stripe.StripeError:
        logger.exception("no session for order %s", number)
        context = {"order": order, "page": {"other_ways": other_ways(order)}}
        return private(render(request, "payment/stripe_down.html", context, status=503))
    response = private(HttpResponse(status=303, headers={"Location": url}))
    return response


@require_safe
def returned(request: HttpRequest, number: str) -> HttpResponse:
    """Back from Stripe: paid, or waiting for its word."""
    order = order_for(request, number)
    if order.payment.state != Payment.State.HELD:
        return private(redirect(_after(order)))
    return private(render(request, "payment/stripe_return.html", _context(order, 0)))


@require_safe
def state(request: HttpRequest, number: str) -> HttpResponse:
    """The fragment that the page asks for again and again; it asks Stripe when that is late."""
    order = order_for(request, number)
    payment = order.payment
    waits = payment.state == Payment.State.HELD and payment.method == sessions.CODE
    if waits and not sessions.was_asked_within(payment, PATIENCE):
        try:
            sessions.ask(payment)
        except stripe.StripeError:
            logger.warning("stripe did not say how order %s stands", number, exc_info=True)
        order = _fresh(order)
        waits = order.payment.state == Payment.State.HELD
    if not waits:
        return private(HttpResponse(headers={"HX-Redirect": _after(order)}))
    looks = request.GET.get("n", "0")
    seen = min(int(looks), MOST_LOOKS) if looks.isascii() and looks.isdigit() else 0
    return private(render(request, "payment/stripe_state.html", _context(order, seen)))


@require_safe
def cancelled(request: HttpRequest, number: str) -> HttpResponse:
    """The buyer turned back on Stripe's page: nothing is lost, the order still waits."""
    order = order_for(request, number)
    if order.payment.state == Payment.State.HELD:
        messages.info(
            request, _("Bạn chưa trả tiền. Hàng vẫn được giữ: trả lại, hoặc chọn cách khác.")
        )
    return private(redirect("order:detail", number=number))


def _fresh(order: Order) -> Order:
    return Order.objects.select_related("payment").get(pk=order.pk)


def _after(order: Order) -> str:
    paid = order.payment.state in (*Payment.SETTLED, Payment.State.DUE)
    return reverse("order:thanks" if paid else "order:detail", kwargs={"number": order.number})


def _context(order: Order, looks: int) -> dict[str, Any]:
    return {
        "order": order,
        "payment": order.payment,
        "next_look": looks + 1,
        "wait": WAIT_SECONDS + looks // 20,
        "looks_again": looks < MOST_LOOKS,
    }

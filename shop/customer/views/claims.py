"""Orders placed without signing in, taken into the account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from shop.http import ShopRequest
from shop.order.access import order_for
from shop.order.claiming import CannotClaim, claim, claimable

#: Orders shown, and taken in with one press.
MOST = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def by_email(request: ShopRequest) -> HttpResponse:
    """Those under the proved address; all of them with one press."""
    user: Any = request.user
    orders = list(claimable(user).prefetch_related("lines__picture")[:MOST])
    if request.method == "POST":
        taken = 0
        for order in orders:
            try:
                claim(order, user)
            except CannotClaim:  # in another account since the page was drawn
                continue
            taken += 1
        words = ngettext(
            "Đã thêm %(n)s đơn vào tài khoản.", "Đã thêm %(n)s đơn vào tài khoản.", taken
        )
        messages.success(request, words % {"n": taken})
        return redirect("customer:order-list")
    context = {"orders": orders, "active_tab": "orders"}
    return render(request, "customer/claims.html", context)


@login_required
@require_POST
def by_link(request: ShopRequest, number: str) -> HttpResponse:
    """One order whose secret link this browser has opened (or that it placed)."""
    order = order_for(request, number)
    try:
        claim(order, request.user)
    except CannotClaim as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("Đã thêm đơn %(number)s vào tài khoản.")
        messages.success(request, words % {"number": order.number})
    return redirect("order:detail", number=number)

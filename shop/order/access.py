"""Who opens an order's page: the holder of its secret link, or its buyer signed in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shop.order.models import Order

SESSION_KEY = "opened_orders"
#: Orders that one browser remembers.
MOST_REMEMBERED = 50


def remember(request: HttpRequest, order: Order) -> None:
    """This browser may open `order` from now on without the secret in the address."""
    numbers = [n for n in request.session.get(SESSION_KEY, []) if n != order.number]
    request.session[SESSION_KEY] = [*numbers, order.number][-MOST_REMEMBERED:]


def order_for(request: HttpRequest, number: str) -> Order:
    """The order, if this visitor may see it.

    Raises Http404 otherwise, the same whether or not there is such an order: a number tells
    nothing.
    """
    order = Order.objects.filter(number=number).select_related("shipping_address", "user").first()
    if order is not None and _may_open(request, order):
        return order
    raise Http404(_("Không có trang này."))


def has_link(request: HttpRequest, order: Order) -> bool:
    return order.opens_with(request.GET.get("k", ""))


def _may_open(request: HttpRequest, order: Order) -> bool:
    return (
        has_link(request, order)
        or order.number in request.session.get(SESSION_KEY, [])
        or order.may_be_seen_by(request.user)
    )


def private(response: HttpResponse) -> HttpResponse:
    """Neither found by a search engine, nor kept by a cache, nor told to the next site."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Not `no-referrer`: with it browsers send `Origin: null` with the page's own forms, and
    # cancelling would be refused as forged. The secret is in no address of these pages.
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response

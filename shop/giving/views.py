"""Papers of a gift for its buyer: whoever may open the order's page may print them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from shop.downloads import PDF, as_download
from shop.giving.papers import gift_receipt_pdf, greeting_pdf
from shop.order.access import order_for, private
from shop.order.models import Recipient


@require_safe
def greeting(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """The greeting card of the order's recipient of that position."""
    return _paper(request, number, position, greeting_pdf, "thiep")


@require_safe
def gift_receipt(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """What this recipient gets, without prices."""
    return _paper(request, number, position, gift_receipt_pdf, "phieu-qua")


def _paper(
    request: HttpRequest, number: str, position: int, draw: Callable[[Recipient], bytes], name: str
) -> HttpResponse:
    order = order_for(request, number)
    people = Recipient.objects.filter(order=order).select_related("order", "address")
    recipient = get_object_or_404(people, position=position)
    return private(as_download(draw(recipient), PDF, f"{name}-{order.number}-{position}.pdf"))

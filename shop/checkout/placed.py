"""The order that this browser placed last: told on the empty basket that “Back” leads to."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from shop.order.models import Order

SESSION_KEY = "placed_last"
#: How long the empty basket speaks of it, seconds.
TOLD_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class JustPlaced:
    number: str
    url: str


def remember_placed(request: HttpRequest, order: Order) -> None:
    request.session[SESSION_KEY] = [order.number, int(order.date_placed.timestamp())]


def just_placed(request: HttpRequest) -> JustPlaced | None:
    """The order, while it is fresh. Its page opens for this browser without the secret link."""
    number, placed = request.session.get(SESSION_KEY, ("", 0))
    if not number or timezone.now().timestamp() - placed > TOLD_SECONDS:
        return None
    return JustPlaced(number, reverse("order:detail", kwargs={"number": number}))

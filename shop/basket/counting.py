"""How many pieces are in a visitor's basket, without loading it."""

from contextlib import suppress

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Q, Sum
from django.http import HttpRequest

from shop.basket.models import Basket, Line

#: Holds a guest's basket (`oscar.defaults`), signed.
_COOKIE: str = settings.OSCAR_BASKET_COOKIE_OPEN  # type: ignore[misc]


def may_have_pieces(request: HttpRequest) -> bool:
    """Whether it is worth asking for the count. A page kept for many knows it by its key."""
    kept_for = getattr(request, "kept_for", None)
    if kept_for is not None:
        return bool(kept_for.has_basket)
    return _COOKIE in request.COOKIES or settings.SESSION_COOKIE_NAME in request.COOKIES


def pieces_of(request: HttpRequest) -> int:
    """Pieces in the open basket. No query for a visitor who has no basket cookie.

    For somebody who just signed in, the guest's basket and the account's count together: the next
    page that asks for the basket makes them one, and says so.
    """
    lines = Line.objects.filter(basket__status=Basket.OPEN)
    whose = Q()
    if (key := request.COOKIES.get(_COOKIE)) is not None:
        with suppress(BadSignature, ValueError):
            whose |= Q(basket=int(Signer().unsign(key)), basket__owner=None)
    if request.COOKIES.get(settings.SESSION_COOKIE_NAME) and request.user.is_authenticated:
        whose |= Q(basket__owner=request.user)
    if not whose:
        return 0
    lines = lines.filter(whose)
    return lines.aggregate(pieces=Sum("quantity"))["pieces"] or 0

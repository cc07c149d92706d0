"""How many pieces are in a visitor's basket, without loading it."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Sum
from django.http import HttpRequest

from shop.basket.models import Basket, Line

#: Holds a guest's basket (`oscar.defaults`), signed.
_COOKIE: str = settings.OSCAR_BASKET_COOKIE_OPEN  # type: ignore[misc]


def pieces_of(request: HttpRequest) -> int:
    """Pieces in the open basket. No query for a visitor who has no basket cookie.

    A guest's basket is not yet merged with the account's here: the next page does that, and says.
    """
    lines = Line.objects.filter(basket__status=Basket.OPEN)
    if request.COOKIES.get(settings.SESSION_COOKIE_NAME) and request.user.is_authenticated:
        lines = lines.filter(basket__owner=request.user)
    elif (key := request.COOKIES.get(_COOKIE)) is not None:
        try:
            lines = lines.filter(basket=int(Signer().unsign(key)), basket__owner=None)
        except (BadSignature, ValueError):
            return 0
    else:
        return 0
    return lines.aggregate(pieces=Sum("quantity"))["pieces"] or 0

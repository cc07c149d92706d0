"""Who may enter the producers' channel, and for which producer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from shop.partner.models import Partner

SESSION_KEY = "producer"


class ProducerRequest(HttpRequest):
    """A request of somebody who works for `producer`; `producers` are all of theirs."""

    producer: Partner
    producers: list[Partner]


def producer_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open `view` to members of a producer only, with the chosen one as `request.producer`."""

    @login_required
    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        request.producers = list(Partner.objects.of_member(request.user).order_by("name"))
        if not request.producers:
            raise PermissionDenied
        chosen = request.session.get(SESSION_KEY)
        request.producer = next(
            (own for own in request.producers if own.pk == chosen), request.producers[0]
        )
        return view(request, *args, **kwargs)

    return guarded

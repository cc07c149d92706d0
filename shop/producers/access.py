"""Who may enter the producers' channel, for which producer, and for what."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from shop.partner.membership import Membership, Role
from shop.partner.models import Partner

SESSION_KEY = "producer"
View = Callable[..., HttpResponseBase]


class ProducerRequest(HttpRequest):
    """A request of somebody who works for `producer`; `memberships` are all of theirs."""

    producer: Partner
    membership: Membership
    memberships: list[Membership]
    #: Which roles' work this person may do, for templates: `request.may.OWNER`.
    may: dict[str, bool]


def members_only(at_least: Role, newcomers_to: str = "") -> Callable[[View], View]:
    """Open a view to members of a producer with that role, the chosen one as `request.producer`.

    Anyone else who is signed in gets 403, whatever the object they asked for; who works for no
    producer is led to the page named, if one is.
    """

    def guard(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.memberships = list(Membership.objects.of(request.user))
            if not request.memberships and newcomers_to:
                return redirect(newcomers_to)
            if not request.memberships:
                raise PermissionDenied
            chosen = request.session.get(SESSION_KEY)
            request.membership = next(
                (own for own in request.memberships if own.partner_id == chosen),
                request.memberships[0],
            )
            request.producer = request.membership.partner
            if not request.membership.may(at_least):
                raise PermissionDenied
            request.may = {role.name: request.membership.may(role) for role in Role}
            response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return guarded

    return guard

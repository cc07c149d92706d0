"""What asks for the second step of whoever has one, power or not."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from shop.two_factor.devices import has_second_step
from shop.two_factor.middleware import lead_to_second_step
from shop.two_factor.signing import HAS_STEP, is_remembered, pass_second_step

View = Callable[..., HttpResponseBase]


def second_step_if_set_up(view: View) -> View:
    """Open a view to who has no second step, or has taken it in this session."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if _owes_second_step(request, user):
            device = is_remembered(request, user)
            if device is None:
                return lead_to_second_step(request)
            pass_second_step(request, device)
        return view(request, *args, **kwargs)

    return guarded


def account_page(view: View) -> View:
    """What guards the account itself: signed in, and by both steps where there are two."""
    return login_required(second_step_if_set_up(view))


def _owes_second_step(request: HttpRequest, user: Any) -> bool:
    # The session knows, so that nobody without a second step costs a query.
    if not user.is_authenticated or user.is_verified() or HAS_STEP not in request.session:
        return False
    return has_second_step(user)

"""Nobody with power goes anywhere before the second step."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django_otp import login as otp_login

from shop.two_factor.signing import HAS_STEP, is_remembered

#: Where power is used, below the language.
DOORS = ("/cms/", "/quan-ly/", "/kenh-san-xuat/")
#: Open to who has taken the first step only.
ALWAYS = frozenset({"customer:logout", "dashboard:logout", "wagtailadmin_logout", "set_language"})


class SecondStepMiddleware:
    """Leads to the second step whoever owes it. Stands behind django-otp's own middleware.

    Staff and superusers owe it at every address; who may enter the editors' office, at the doors
    in `DOORS`; who has set it up of their own will, there too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or match.namespace == "two_factor" or match.view_name in ALWAYS:
            return None
        if not owes_second_step(request):
            return None
        if device := is_remembered(request, request.user):
            otp_login(request, device)
            return None
        return lead_to_second_step(request)


def owes_second_step(request: HttpRequest) -> bool:
    """Whether this session has to take the second step before this address answers."""
    # Pages of whoever has not signed in stay free of the session, so that they may be kept.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    at_door = _without_language(request.path_info).startswith(DOORS)
    if not settings.TWO_FACTOR_REQUIRED and not at_door:
        return False
    if SESSION_KEY not in request.session:
        return False
    has_step = HAS_STEP in request.session
    if not settings.TWO_FACTOR_REQUIRED and not (has_step and at_door):
        return False
    user: Any = request.user
    if not user.is_authenticated or user.is_verified():
        return False
    if has_step and at_door:
        return True
    return has_power(user) if at_door else bool(user.is_staff or user.is_superuser)


def has_power(user: Any) -> bool:
    """Whether this person may do more than a buyer or a producer. Asks for permissions."""
    return bool(
        user.is_active
        and (user.is_staff or user.is_superuser or user.has_perm("wagtailadmin.access_admin"))
    )


def lead_to_second_step(request: HttpRequest) -> HttpResponseBase:
    """To the page that asks for a code, and back; htmx leaves its page too."""
    url = reverse("two_factor:ask")
    if request.method in ("GET", "HEAD") and not getattr(request, "htmx", False):
        url = f"{url}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


def _without_language(path: str) -> str:
    for code, _name in settings.LANGUAGES:
        if path.startswith(f"/{code}/"):
            return path.removeprefix(f"/{code}")
    return path

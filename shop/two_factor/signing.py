"""What a session knows of the second step, and browsers that are remembered."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp import login as otp_login
from django_otp.models import Device

from shop.two_factor.devices import has_second_step

#: In the session of somebody who has a second step. Setting it up ends every other session, so
#: that none is left without the flag.
HAS_STEP = "has_second_step"
_SALT = "shop.two_factor.remembered"


def connect() -> None:
    user_logged_in.connect(_remember_that_there_is_one, dispatch_uid="second-step-of-session")


def _remember_that_there_is_one(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    if request is not None and has_second_step(user):
        request.session[HAS_STEP] = True


def pass_second_step(request: HttpRequest, device: Device) -> None:
    """This session has taken both steps. It gets a new key: who knew the old one stays out."""
    otp_login(request, device)
    request.session[HAS_STEP] = True
    request.session.cycle_key()


def forget_second_step(request: HttpRequest) -> None:
    """This session owes no second step any more: its person has given it up."""
    request.session.pop(HAS_STEP, None)
    request.session.pop(DEVICE_ID_SESSION_KEY, None)


def remember_browser(response: HttpResponseBase, user: Any, device: Device) -> None:
    """Ask this browser for no code for a month.

    Ends with the app, with the password, and when all other browsers are signed out.
    """
    seconds = settings.TWO_FACTOR_REMEMBER_DAYS * 24 * 60 * 60
    response.set_cookie(
        settings.TWO_FACTOR_COOKIE,
        signing.dumps(_mark(user, device.persistent_id), salt=_SALT),
        max_age=seconds,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_remembered(request: HttpRequest, user: Any) -> Device | None:
    """The app that this browser was remembered with, when it is still this person's."""
    seconds = settings.TWO_FACTOR_REMEMBER_DAYS * 24 * 60 * 60
    try:
        mark = signing.loads(
            request.COOKIES.get(settings.TWO_FACTOR_COOKIE, ""), salt=_SALT, max_age=seconds
        )
    except signing.BadSignature:
        return None
    if not isinstance(mark, list) or len(mark) != 3 or mark != _mark(user, str(mark[1])):
        return None
    device = Device.from_persistent_id(mark[1])
    if device is None or device.user_id != user.pk or not device.confirmed:
        return None
    return device


def _mark(user: Any, device: str) -> list[Any]:
    # A changed password changes this hash, and so does ending all sessions: with it every
    # remembered browser is forgotten.
    password = hashlib.sha256(user.get_session_auth_hash().encode()).hexdigest()
    return [user.pk, device, password]

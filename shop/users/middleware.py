"""The browser's mark in a cookie, and when it was last used."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from shop.users import devices


class DeviceMiddleware:
    """Only looks into a session that the page has read anyway: public pages stay cacheable."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.accessed and devices.SESSION_DEVICE in request.session:
            devices.note_use(request)
        if secret := getattr(request, "device_secret", ""):
            response.set_cookie(
                settings.DEVICE_COOKIE,
                secret,
                max_age=devices.COOKIE_SECONDS,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response

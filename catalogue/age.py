"""The age gate of drinks with alcohol (Luật 44/2019/QH14, art. 16): not shown to the young.

A visitor says once that they are grown up; a cookie remembers only that. Without it alcohol is
in no list, row, search or feed, and its page asks first. Works without JavaScript.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from catalogue.models import Product

AGE_COOKIE = "du-18-tuoi"
CONFIRMED = "1"
#: How long an answer is remembered, seconds.
AGE_COOKIE_SECONDS = 30 * 24 * 60 * 60


def has_confirmed_age(request: HttpRequest) -> bool:
    return request.COOKIES.get(AGE_COOKIE) == CONFIRMED


def remember_age(response: HttpResponse) -> None:
    """Let `response` set the cookie."""
    response.set_cookie(
        AGE_COOKIE,
        CONFIRMED,
        max_age=AGE_COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def must_ask_age(request: HttpRequest, product: Product) -> bool:
    return product.is_alcohol and not has_confirmed_age(request)

"""What our middleware adds to a request."""

from typing import Any

from django.http import HttpRequest


class ShopRequest(HttpRequest):
    """For annotations: a request as views of the shop get it."""

    #: Oscar's BasketMiddleware: the visitor's open basket, loaded when asked for.
    basket: Any
    #: Our BasketMiddleware: the same basket before its lines and offers are read.
    open_basket: Any
    #: django-htmx: falsy unless htmx asked.
    htmx: Any

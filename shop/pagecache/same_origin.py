"""Forms on kept pages carry no token: the browser says where they come from.

A page kept for everybody cannot hold somebody's token. What a token proves, that the form was sent
from a page of ours, every current browser says of each POST: `Sec-Fetch-Site` (Chrome 76, Firefox
90, Safari 16.4) and `Origin`, neither of which a page can forge. OWASP's cheat sheet on CSRF takes
them for a defence of their own. Only the forms in `pages.FORMS` are taken so, which do nothing in
an account's name that matters. A browser that says neither needs the token, which pages drawn for
somebody alone still carry; every other form needs it always.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from shop.pagecache.pages import FORMS


class SameOriginMiddleware:
    """Stands before Django's CSRF middleware, and spares it what the browser vouches for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> None:
        match = request.resolver_match
        if request.method == "POST" and match and match.view_name in FORMS:
            # As Django's own decorators leave it for the middleware; False: it checks the token.
            request.csrf_processing_done = comes_from_here(request)


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very origin sent this."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def token(request: HttpRequest) -> dict[str, str]:
    """Context processor: no token on a page that is drawn to be kept."""
    return {"csrf_token": ""} if hasattr(request, "kept_for") else {}

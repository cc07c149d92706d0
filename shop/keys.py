"""Keys in addresses that no row can have."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

#: The largest key that a database holds.
MOST = 2**63 - 1


class KeysMiddleware:
    """A number too large for a key is nobody's, and so is a text with a zero byte, which PostgreSQL
    takes no question with: 404, whatever the view would ask.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if any(_is_no_key(value) for value in kwargs.values()):
            raise Http404


def _is_no_key(value: Any) -> bool:
    return value > MOST if isinstance(value, int) else "\x00" in str(value)

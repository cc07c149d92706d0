"""No request is longer than the longest that a form of ours may send."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase


class BodyLimitMiddleware:
    """413 by what the request says of itself, before anything of it is read.

    Django reads no more than that, and nothing of a request that does not say.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            return HttpResponse("Bad request\n", status=400, content_type="text/plain")
        if length > settings.MOST_REQUEST_BYTES:
            return HttpResponse("Too large\n", status=413, content_type="text/plain")
        return self.get_response(request)

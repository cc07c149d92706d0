"""Who may load what the shop answers with."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

#: Pictures stand in letters, feeds and search engines, on pages that are not ours.
_PUBLIC = (settings.STATIC_URL, settings.MEDIA_URL, "/the-chia-se/", "/en/the-chia-se/")


class ResourcePolicyMiddleware:
    """Pages and papers are loaded by the shop's own pages only, pictures by any."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_public = request.path_info.startswith(_PUBLIC)
        response.headers.setdefault(
            "Cross-Origin-Resource-Policy", "cross-origin" if is_public else "same-origin"
        )
        return response

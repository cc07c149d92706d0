"""Words travel compressed: pages, styles, scripts, drawings. Pictures and fonts are already."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

#: Beginnings and endings of the types that grow smaller.
_STARTS = ("text/",)
_ENDS = ("javascript", "json", "xml")


class TextCompressionMiddleware(GZipMiddleware):
    """Django's gzip, with its guard against guessed secrets (BREACH), for text alone.

    Stands above WhiteNoise, which serves files as they lie where none was compressed ahead.
    """

    def process_response(self, request: HttpRequest, response: Any) -> HttpResponseBase:
        kind = response.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind.startswith(_STARTS) or kind.endswith(_ENDS):
            return super().process_response(request, response)
        return response

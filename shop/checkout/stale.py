"""A form whose security token is stale: shown again with everything typed, instead of an error.

Signing in elsewhere or a lost cookie makes a token stale. The checkout view does nothing with
such a form but draw it anew, so a forged one gains nothing either.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

#: How Django's reasons begin when a form came from another site.
_FROM_ELSEWHERE = ("Origin checking failed", "Referer checking failed")


class _Check(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def is_stale(request: HttpRequest) -> bool:
    """Whether the token does not fit. Raises PermissionDenied for a form of another site."""
    check = _Check(lambda _request: None)  # type: ignore[arg-type]
    check.process_request(request)
    reason = check.process_view(request, lambda *_: HttpResponse(), (), {})
    if reason and str(reason).startswith(_FROM_ELSEWHERE):
        raise PermissionDenied
    return bool(reason)

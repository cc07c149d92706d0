"""The id of a request or a job: the same in its log lines, error mail, Sentry event and answer."""

import re
import secrets

from django.conf import settings
from django.http import HttpRequest
from structlog.contextvars import get_contextvars

HEADER = "X-Request-ID"
_PROPER = re.compile(r"[A-Za-z0-9._-]{8,64}")


def new_id() -> str:
    """Sixteen hexadecimal digits: short enough to be read out on the telephone."""
    return secrets.token_hex(8)


def id_for(request: HttpRequest) -> str:
    """What our own proxy called the request, else a new one. Visitors name nothing."""
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    if given and settings.TRUSTED_PROXIES and _PROPER.fullmatch(given):
        return str(given)
    return new_id()


def current_id() -> str:
    """Of the request or the job that this thread is about; empty outside of one."""
    context = get_contextvars()
    return str(context.get("request_id") or context.get("job_id") or "")

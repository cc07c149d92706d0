"""Who may see numbers and details."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare


def has_token(request: HttpRequest) -> bool:
    """Whether the request bears METRICS_TOKEN; never where there is none."""
    token = settings.METRICS_TOKEN
    given = request.META.get("HTTP_AUTHORIZATION", "")
    return bool(token) and constant_time_compare(given, f"Bearer {token}")

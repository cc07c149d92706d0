"""Who is behind the changes of a request."""

from typing import Any

from auditlog.middleware import AuditlogMiddleware
from axes.helpers import get_client_ip_address
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class ActorMiddleware(AuditlogMiddleware):
    """django-auditlog's own, for requests that may change something.

    The person is read only once an entry is written, so that nobody's page costs a query more.
    Addresses are kept of staff and editors alone: those of buyers are nobody's business here.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        return super().__call__(request)

    def get_extra_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"actor": request.user, "remote_addr": lambda: _address_of(request)}


def _address_of(request: HttpRequest) -> str | None:
    user: Any = request.user
    if not (user.is_authenticated and (user.is_staff or user.is_superuser)):
        return None
    if settings.AXES_IPWARE_PROXY_COUNT is None:
        # No proxy of ours in front: what a header says, the visitor said.
        return request.META.get("REMOTE_ADDR") or None
    return get_client_ip_address(request) or None

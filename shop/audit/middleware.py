"""Who is behind the changes of a request."""

from typing import Any

from auditlog.middleware import AuditlogMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from shop.network import client_address


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
    return client_address(request)

"""The addresses of probes, answered before everything else.

A load balancer asks by an address of the machine, over plain HTTP, every second: it needs neither
ALLOWED_HOSTS, nor the way to HTTPS, nor a session, nor a line in the access log.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from shop.health import views
from shop.observability.views import numbers

PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz/": views.alive,
    "/readyz/": views.ready,
    "/metrics/": numbers,
}


class ProbesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        try:
            response = probe(request)
        except Http404:
            response = HttpResponse(status=404)
        add_never_cache_headers(response)
        return response

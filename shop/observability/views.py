"""`/metrics/` for Prometheus."""

import os

from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from shop.observability import processes
from shop.observability.business import BusinessCollector
from shop.observability.tokens import has_token


def numbers(request: HttpRequest) -> HttpResponse:
    """All numbers of this server. Raises Http404 without `Authorization: Bearer METRICS_TOKEN`."""
    if not has_token(request):
        raise Http404
    registry = CollectorRegistry()
    if processes.DIRECTORY in os.environ:
        MultiProcessCollector(registry)
    else:
        registry.register(REGISTRY)
    registry.register(BusinessCollector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

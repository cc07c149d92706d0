"""Whether the process answers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache


@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """`/healthz/`: the process is up. Touches neither database nor cache."""
    return HttpResponse("ok\n", content_type="text/plain")

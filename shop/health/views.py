"""`/healthz/` and `/readyz/`, for load balancers, supervisors and monitors."""

from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse, JsonResponse

from shop.health.asking import ask
from shop.health.draining import is_draining
from shop.observability.tokens import has_token


def alive(request: HttpRequest) -> HttpResponse:
    """The process is up. Touches neither database nor cache."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """200 when every check passes, else 503; `?exclude=worker&exclude=tasks` leaves some out.

    Which check failed and why is told to this machine and to who bears METRICS_TOKEN.
    """
    if is_draining():
        return JsonResponse({"status": "draining"}, status=503)
    findings = ask(without=request.GET.getlist("exclude"))
    is_ready = all(finding.is_ready for finding in findings.values())
    body: dict[str, object] = {"status": "ready" if is_ready else "not ready"}
    if has_token(request) or _is_this_machine(request):
        body["checks"] = {
            name: {"ready": each.is_ready, "why": each.why, "ms": round(each.seconds * 1000, 1)}
            for name, each in findings.items()
        }
    return JsonResponse(body, status=200 if is_ready else 503)


def _is_this_machine(request: HttpRequest) -> bool:
    """Asked from here, and not for somebody else: a proxy here forwards the whole world."""
    if request.META.get("HTTP_X_FORWARDED_FOR") or request.META.get("HTTP_FORWARDED"):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        # A Unix socket names no address, and only a proxy speaks through one.
        return False

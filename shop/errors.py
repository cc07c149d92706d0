"""Error pages in the shop's look."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader

from shop.observability.ids import current_id


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"incident": current_id()}, status=403)


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    """Rendered with nothing but the id: whatever broke may be what a context would need."""
    page = loader.get_template("500.html").render({"incident": current_id()})
    return HttpResponseServerError(page)

"""Error pages in the shop's look."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    """Rendered with nothing: whatever broke may be what a context would need."""
    return HttpResponseServerError(loader.get_template("500.html").render({}))

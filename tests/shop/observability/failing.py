"""Addresses that fail, for tests of what is told about it."""

import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

logger = logging.getLogger("shop.tests")


@csrf_exempt
def fail(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    buyer = "lan@gmail.com, 0912345678"
    raise RuntimeError(f"cannot write to {buyer}")


def tell(request: HttpRequest, number: str) -> HttpResponse:
    logger.warning("something about the order")
    return HttpResponse(get_user_model().objects.count())


handler404 = "shop.errors.not_found"
handler403 = "shop.errors.forbidden"
handler500 = "shop.errors.server_error"
urlpatterns = [
    path("hong/", fail, name="fail"),
    path("hong/<str:token>/", fail, name="fail-secretly"),
    path("don/<slug:number>/", tell, name="tell"),
]

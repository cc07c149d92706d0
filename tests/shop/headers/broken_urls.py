"""A map with one page that breaks."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from shop.urls import handler500
from shop.urls import urlpatterns as shops

__all__ = ["handler500"]


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("bí mật trong lỗi")


urlpatterns = [path("vo/", broken), *shops]

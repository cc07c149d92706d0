"""What every page of the shop needs beside its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from shop.seller import SellerIdentity


def language_links(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page in each language of the shop."""
    here = request.get_full_path()
    active = get_language()
    return [
        {
            "code": code,
            "label": label,
            "url": translate_url(here, code),
            "active": code == active,
        }
        for code, label in settings.LANGUAGES
    ]


def shop(request: HttpRequest) -> dict[str, Any]:
    return {
        "language_links": SimpleLazyObject(lambda: language_links(request)),
        "seller": SimpleLazyObject(lambda: SellerIdentity.for_request(request)),
        "demo_mode": settings.DEMO_MODE,
        "base_url": settings.BASE_URL,
    }

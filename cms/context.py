"""Addresses of the pages that every page of the shop links to."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse


def pages(request: HttpRequest) -> dict[str, Any]:
    home = reverse("wagtail_serve", args=[""])
    return {
        "home_url": home,
        "stories_url": f"{home}cau-chuyen/",
        "gifts_url": f"{home}hop-qua/",
        "policy_links": [],
    }

"""Looks that are counted: at a page, and by a campaign's link. Printed links live for ever."""

from base64 import b64decode
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shop.promotion.counting import count_page_view, count_visit, page_key
from shop.promotion.models import Campaign

#: A picture of one clear pixel.
_PIXEL = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@require_safe
@never_cache
def look(request: HttpRequest) -> HttpResponse:
    """A picture in each page of the cms, asked for anew by each reader: the page may be kept.

    Pictures of ours that stand on other sites count nothing.
    """
    key = page_key(request.GET.get("trang", ""))
    is_ours = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    if request.method == "GET" and key and is_ours:
        count_page_view(request, key)
    return HttpResponse(_PIXEL, content_type="image/gif")


@require_safe
@never_cache
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """To the page in the reader's language, also when the campaign is over.

    `?c=` says to the page's forms which campaign brought the reader; it is in the address and in
    no cookie. A page that is gone gives way to the home page.
    """
    campaign = get_object_or_404(Campaign.objects.select_related("page"), slug=slug)
    if request.method == "GET":
        count_visit(request, campaign.slug)
    return redirect(f"{address_of(campaign)}?c={campaign.slug}")


def address_of(campaign: Campaign) -> str:
    """Where it leads in the language of now."""
    page: Any = campaign.page
    if page is not None and page.live:
        parts = page.localized.get_url_parts()
        if parts and parts[2]:
            return str(parts[2])
    return reverse("wagtail_serve", args=[""])

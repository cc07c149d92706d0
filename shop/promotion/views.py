"""A campaign's link: counted, then on to its page. Printed links live for ever."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shop.promotion.counting import count_visit
from shop.promotion.models import Campaign


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

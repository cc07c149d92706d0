"""The list of seasons, /mua-qua/."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.models.base import BasePage
from cms.models.index import ListingPage
from cms.telling import campaign_cards
from cms.times import When


class CampaignIndexPage(ListingPage, BasePage):
    """Promoters write under it, moderators publish."""

    template = "cms/campaign_index.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.CampaignPage"]
    max_count_per_parent = 1

    content_panels = ListingPage.content_panels

    class Meta:
        verbose_name = _("Mục mùa quà")
        verbose_name_plural = _("Mục mùa quà")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        cards = campaign_cards(self)
        context["ahead"] = [card for card in cards if card.state != When.PAST]
        context["past"] = [card for card in reversed(cards) if card.state == When.PAST]
        return context

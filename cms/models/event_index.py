"""The list of events, /su-kien/."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.models.base import BasePage
from cms.models.index import ListingPage
from cms.telling import event_cards
from cms.times import When


class EventIndexPage(ListingPage, BasePage):
    """Promoters write under it, moderators publish."""

    template = "cms/event_index.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.EventPage"]
    max_count_per_parent = 1

    content_panels = ListingPage.content_panels

    class Meta:
        verbose_name = _("Mục sự kiện")
        verbose_name_plural = _("Mục sự kiện")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        cards = event_cards(self)
        context["ahead"] = [card for card in cards if card.state != When.PAST]
        context["past"] = [card for card in reversed(cards) if card.state == When.PAST]
        return context

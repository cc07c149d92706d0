"""The list of gift pages, /hop-qua/."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.goods import Shelf
from cms.models.base import BasePage
from cms.models.index import ListingPage
from cms.telling import campaigns_now, gift_cards


class GiftIndexPage(ListingPage, BasePage):
    """Promoters write under it, moderators publish."""

    template = "cms/gift_index.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.GiftPage"]
    max_count_per_parent = 1

    content_panels = ListingPage.content_panels

    class Meta:
        verbose_name = _("Mục hộp quà")
        verbose_name_plural = _("Mục hộp quà")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        cards = gift_cards(self)
        shelf = Shelf(extra=[card.box_id for card in cards if card.box_id])
        context["campaigns"] = campaigns_now(self)
        context["cards"] = [(card, shelf.card(card.box_id)) for card in cards]
        return context

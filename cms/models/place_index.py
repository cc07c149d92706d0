"""The list of places, /dia-danh/."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.models.base import BasePage
from cms.models.index import ListingPage
from cms.telling import place_cards


class PlaceIndexPage(ListingPage, BasePage):
    template = "cms/place_index.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.PlacePage"]
    max_count_per_parent = 1

    content_panels = ListingPage.content_panels

    class Meta:
        verbose_name = _("Mục địa danh")
        verbose_name_plural = _("Mục địa danh")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["cards"] = place_cards(self)
        return context

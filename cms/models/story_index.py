"""The list of stories, /cau-chuyen/."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.models.base import BasePage
from cms.models.index import ListingPage
from cms.telling import story_cards


class StoryIndexPage(ListingPage, BasePage):
    """Promoters write under it, moderators publish."""

    template = "cms/story_index.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.StoryPage"]
    max_count_per_parent = 1

    content_panels = ListingPage.content_panels

    class Meta:
        verbose_name = _("Mục câu chuyện")
        verbose_name_plural = _("Mục câu chuyện")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["cards"] = story_cards(self)
        return context

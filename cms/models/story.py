"""A story: of one product, its place and its season, with its sources."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.editing import ReviewPanel
from cms.models.base import BasePage
from cms.models.sources import ToldPage
from cms.pictures import hero_picture
from cms.places import live_place


class StoryPage(ToldPage, BasePage):
    """Told by promoters; shown beside its product, its maker and its place."""

    template = "cms/story.html"
    parent_page_types = ["cms.StoryIndexPage", "cms.SectionPage"]
    subpage_types: list[str] = []

    product = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("Kể về sản phẩm"),
    )
    place = models.ForeignKey(
        "cms.PlacePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("Nơi chốn"),
    )

    content_panels = [
        *BasePage.content_panels,
        ReviewPanel(),
        MultiFieldPanel(
            [FieldPanel("product"), FieldPanel("place"), FieldPanel("season")],
            heading=_("Kể về gì, ở đâu, mùa nào"),
        ),
        *ToldPage.opening_panels,
        *ToldPage.source_panels,
    ]

    class Meta:
        verbose_name = _("Câu chuyện")
        verbose_name_plural = _("Câu chuyện")

    def is_kept_from_search_engines(self) -> bool:
        product = self.product
        return product is not None and product.is_alcohol

    def extra_goods(self) -> list[int]:
        return [self.product_id] if self.product_id else []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["hero"] = hero_picture(self, request)
        context["product_card"] = context["shelf"].card(self.product_id)
        context["place"] = live_place(self.place_id)
        return context

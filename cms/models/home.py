"""The home page of one language."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.blocks import HomeBlock
from cms.goods import Shelf
from cms.models.base import BasePage
from cms.pictures import hero_picture
from cms.telling import newest_gifts


class HomePage(BasePage):
    """Headline, picture, then rows: what is in season, boxes, stories, places, makers."""

    template = "cms/home.html"
    max_count_per_parent = 1
    parent_page_types = ["cms.BasePage"]
    subpage_types = [
        "cms.StoryIndexPage",
        "cms.GiftIndexPage",
        "cms.PlaceIndexPage",
        "cms.EventIndexPage",
        "cms.CampaignIndexPage",
        "cms.SectionPage",
        "cms.StandardPage",
    ]

    headline = models.CharField(_("Câu lớn"), max_length=120, blank=True)
    lead = models.TextField(_("Lời chào"), blank=True)
    picture = models.ForeignKey(
        "pictures.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Ảnh lớn"),
    )
    note = models.CharField(
        _("Dòng ghi chú"), max_length=250, blank=True, help_text=_("Hiện dưới lời chào.")
    )
    body = StreamField(HomeBlock(), blank=True, verbose_name=_("Các hàng trên trang"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("picture"),
        FieldPanel("note"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("Trang chủ")
        verbose_name_plural = _("Trang chủ")

    def lead_picture_field(self) -> str | None:
        return "picture"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        boxes = [gift.box_id for gift in newest_gifts() if gift.box_id]
        context["shelf"] = Shelf(self.body, extra=boxes)
        context["hero"] = hero_picture(self, request)
        return context

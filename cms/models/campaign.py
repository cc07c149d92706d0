"""A season of gifts: a feast, its days, and the boxes and products meant for it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from cms.blocks import GiftPageBlock, ProductCardBlock
from cms.editing import ReviewPanel
from cms.models.base import BasePage
from cms.models.sources import ToldPage
from cms.pictures import hero_picture
from cms.places import live_place
from cms.times import Span


class CampaignPage(ToldPage, BasePage):
    """Told by promoters. Outside its days the page says so; its goods sell as everywhere."""

    template = "cms/campaign.html"
    parent_page_types = ["cms.CampaignIndexPage", "cms.SectionPage"]
    subpage_types: list[str] = []

    feast = models.CharField(_("Dịp"), max_length=120, blank=True)
    starts_on = models.DateField(_("Từ ngày"), null=True)
    ends_on = models.DateField(_("Đến hết ngày"), null=True)
    place = models.ForeignKey(
        "cms.PlacePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Nơi chốn"),
    )
    goods = StreamField(
        [("gift", GiftPageBlock()), ("product", ProductCardBlock())],
        blank=True,
        verbose_name=_("Hộp quà và sản phẩm của mùa"),
    )

    content_panels = [
        *BasePage.content_panels,
        ReviewPanel(),
        MultiFieldPanel(
            [
                FieldPanel("feast"),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldPanel("place"),
                FieldPanel("season"),
            ],
            heading=_("Dịp nào, từ ngày nào"),
        ),
        *ToldPage.opening_panels,
        FieldPanel("goods"),
        *ToldPage.source_panels,
    ]

    class Meta:
        verbose_name = _("Mùa quà")
        verbose_name_plural = _("Mùa quà")

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": gettext("Ngày cuối phải sau ngày đầu.")})

    @property
    def span(self) -> Span | None:
        """None for a draft without its days."""
        if not self.starts_on or not self.ends_on:
            return None
        return Span.of_days(self.starts_on, self.ends_on)

    def searched_texts(self) -> list[str]:
        return [*super().searched_texts(), self.feast]

    def streams_with_goods(self) -> list[Any]:
        return [self.body, self.goods]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["hero"] = hero_picture(self, request)
        context["place"] = live_place(self.place_id)
        context["span"] = self.span
        return context

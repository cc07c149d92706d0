"""A gift page: the story of a place or a feast, and the box that holds it."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from cms.blocks import GiftItemBlock
from cms.editing import ReviewPanel
from cms.models.base import BasePage
from cms.models.sources import ToldPage
from cms.pictures import hero_picture
from cms.places import live_place


class GiftPage(ToldPage, BasePage):
    """Told by promoters. Price, stock and stars are the products' own, read when it is shown."""

    template = "cms/gift.html"
    parent_page_types = ["cms.GiftIndexPage", "cms.SectionPage"]
    subpage_types: list[str] = []

    box = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="gift_pages",
        verbose_name=_("Hộp quà"),
        help_text=_("Sản phẩm mà nút mua của trang này bỏ vào giỏ."),
    )
    feast = models.CharField(_("Dịp"), max_length=120, blank=True)
    feast_date = models.DateField(_("Ngày dương lịch của dịp"), null=True, blank=True)
    place = models.ForeignKey(
        "cms.PlacePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Nơi chốn"),
    )
    tells_legend = models.BooleanField(
        _("Có kể truyền thuyết"), default=False, help_text=_("Trang sẽ ghi rõ “truyền thuyết”.")
    )
    contents = StreamField([("item", GiftItemBlock())], blank=True, verbose_name=_("Trong hộp có"))
    closing = models.TextField(_("Điều cần biết khi đặt"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        ReviewPanel(),
        MultiFieldPanel(
            [
                FieldPanel("box"),
                FieldPanel("feast"),
                FieldPanel("feast_date"),
                FieldPanel("place"),
                FieldPanel("season"),
                FieldPanel("tells_legend"),
            ],
            heading=_("Hộp nào, dịp nào"),
        ),
        *ToldPage.opening_panels,
        FieldPanel("contents"),
        FieldPanel("closing"),
        *ToldPage.source_panels,
    ]

    class Meta:
        verbose_name = _("Trang hộp quà")
        verbose_name_plural = _("Trang hộp quà")

    def streams_with_goods(self) -> list[Any]:
        return [self.body, self.contents]

    def extra_goods(self) -> list[int]:
        return [self.box_id] if self.box_id else []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["hero"] = hero_picture(self, request)
        context["box"] = context["shelf"].card(self.box_id)
        context["place"] = live_place(self.place_id)
        return context

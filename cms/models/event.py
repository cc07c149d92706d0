"""An event: a fair, with its days, its place and the producers who come."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from cms.blocks import MakerBlock
from cms.editing import ReviewPanel
from cms.models.base import BasePage
from cms.models.sources import ToldPage
from cms.pictures import hero_picture
from cms.places import live_place
from cms.times import Span


class EventPage(ToldPage, BasePage):
    """Told by promoters. Whether it is over is decided when the page is shown."""

    template = "cms/event.html"
    parent_page_types = ["cms.EventIndexPage", "cms.SectionPage"]
    subpage_types: list[str] = []

    starts_at = models.DateTimeField(_("Bắt đầu"), null=True)
    ends_at = models.DateTimeField(_("Kết thúc"), null=True)
    venue = models.CharField(
        _("Địa điểm"), max_length=200, help_text=_("Như: sân đình, nhà văn hóa thôn, số nhà.")
    )
    ward = models.ForeignKey(
        "places.Ward",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Xã, phường hiện nay"),
    )
    place = models.ForeignKey(
        "cms.PlacePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Nơi chốn"),
    )
    fair = models.ForeignKey(
        "shipping.Fair",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Phiên chợ nhận hàng"),
        help_text=_("Nơi người mua đặt trước rồi đến lấy; nhân viên lập ở mục Giao hàng."),
    )
    organiser = models.CharField(_("Ai tổ chức"), max_length=200, blank=True)
    makers = StreamField(
        [("maker", MakerBlock())], blank=True, verbose_name=_("Nhà sản xuất nào tới")
    )

    content_panels = [
        *BasePage.content_panels,
        ReviewPanel(),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("venue"),
                FieldPanel("ward"),
                FieldPanel("place"),
                FieldPanel("season"),
                FieldPanel("organiser"),
                FieldPanel("fair"),
            ],
            heading=_("Khi nào, ở đâu"),
        ),
        *ToldPage.opening_panels,
        FieldPanel("makers"),
        *ToldPage.source_panels,
    ]

    class Meta:
        verbose_name = _("Sự kiện")
        verbose_name_plural = _("Sự kiện")

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": gettext("Kết thúc phải sau lúc bắt đầu.")})

    @property
    def span(self) -> Span | None:
        """None for a draft without its times."""
        if not self.starts_at or not self.ends_at:
            return None
        return Span.between(self.starts_at, self.ends_at)

    @property
    def where(self) -> str:
        """`Sân đình Dùm, xã Nghĩa Phương, TP Bắc Ninh`; reads ward and province."""
        ward = self.ward.present_address if self.ward else ""
        return ", ".join(part for part in (self.venue, ward) if part)

    def searched_texts(self) -> list[str]:
        return [*super().searched_texts(), self.venue, self.organiser]

    def streams_with_goods(self) -> list[Any]:
        return [self.body, self.makers]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["hero"] = hero_picture(self, request)
        context["place"] = live_place(self.place_id)
        context["span"] = self.span
        return context

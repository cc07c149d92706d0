"""A section of one commune or of one team of promoters, with pages of every told kind."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Collection

from cms.models.base import BasePage
from cms.models.index import ListingPage
from cms.pictures import hero_picture
from cms.places import live_place
from cms.publishing import Guarded
from cms.telling import cards_in_section


class SectionPage(Guarded, ListingPage, BasePage):
    """Its own group of promoters works here and nowhere else: see `cms.promoter_sections`."""

    template = "cms/section.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = [
        "cms.StoryPage",
        "cms.GiftPage",
        "cms.PlacePage",
        "cms.EventPage",
        "cms.CampaignPage",
    ]

    picture = models.ForeignKey(
        "pictures.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Ảnh đầu trang"),
    )
    place = models.ForeignKey(
        "cms.PlacePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Nơi chốn"),
    )

    content_panels = [
        *ListingPage.content_panels,
        FieldPanel("picture"),
        FieldPanel("place"),
    ]

    class Meta:
        verbose_name = _("Mục của nhóm quảng bá")
        verbose_name_plural = _("Mục của các nhóm quảng bá")

    def searched_texts(self) -> list[str]:
        return [*super().searched_texts(), self.lead]

    def lead_picture_field(self) -> str | None:
        return "picture"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["hero"] = hero_picture(self, request)
        context["place"] = live_place(self.place_id)
        context["rows"] = cards_in_section(self)
        return context


class PromoterSection(models.Model):
    """Which group works in a section and its translations, and which collection is theirs."""

    translation_key = models.UUIDField(unique=True, editable=False)
    group = models.OneToOneField(
        Group, on_delete=models.CASCADE, related_name="promoter_section", verbose_name=_("Nhóm")
    )
    collection = models.OneToOneField(
        Collection,
        on_delete=models.SET_NULL,
        null=True,
        related_name="promoter_section",
        verbose_name=_("Bộ ảnh và giấy tờ"),
    )

    class Meta:
        verbose_name = _("Nhóm quảng bá")
        verbose_name_plural = _("Nhóm quảng bá")

    def __str__(self) -> str:
        return self.group.name

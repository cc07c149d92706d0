"""A place: an old commune, or the old district, and what it is today."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.editing import ReviewPanel
from cms.models.base import BasePage
from cms.models.sources import ToldPage
from cms.pictures import hero_picture
from cms.places import merged_communes, present_units
from cms.telling import events_at_place, stories_of_place


class PlacePage(ToldPage, BasePage):
    """Old names serve memory and origin, addresses use the present unit; a place shows both.

    A commune has `former_commune` and `ward`; a district, which has no one successor, has only
    `former_district` and `former_province` (bare names: "Lục Nam", "Bắc Giang").
    """

    template = "cms/place.html"
    parent_page_types = ["cms.PlaceIndexPage", "cms.SectionPage"]
    subpage_types: list[str] = []

    former_commune = models.ForeignKey(
        "places.FormerCommune",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Xã cũ (trước 7/2025)"),
    )
    ward = models.ForeignKey(
        "places.Ward",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Xã, phường hiện nay"),
    )
    former_district = models.CharField(_("Huyện cũ"), max_length=60, blank=True)
    former_province = models.CharField(_("Tỉnh cũ"), max_length=60, blank=True)

    content_panels = [
        *BasePage.content_panels,
        ReviewPanel(),
        MultiFieldPanel(
            [
                FieldPanel("former_commune"),
                FieldPanel("ward"),
                FieldPanel("former_district"),
                FieldPanel("former_province"),
            ],
            heading=_("Tên cũ, tên nay"),
        ),
        FieldPanel("season"),
        *ToldPage.opening_panels,
        *ToldPage.source_panels,
    ]

    class Meta:
        verbose_name = _("Địa danh")
        verbose_name_plural = _("Địa danh")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["hero"] = hero_picture(self, request)
        context["merged"] = merged_communes(self)
        context["present_units"] = present_units(self)
        context["cards"] = context["shelf"].cards_from(self)
        context["stories"] = stories_of_place(self)
        context["events"] = events_at_place(self)
        return context

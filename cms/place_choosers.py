"""Choosing a place in Wagtail's admin, by a search box: the lists are thousands of rows long."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet


class PlaceFilterForm(BaseFilterForm):
    """By name, with or without marks, present or former."""

    q = forms.CharField(
        label=_("Tìm theo tên"),
        widget=forms.TextInput(attrs={"placeholder": _("Yên Sơn, Lục Nam…")}),
        required=False,
    )

    def filter(self, objects: Any) -> Any:
        if words := self.cleaned_data.get("q"):
            self.is_searching = True
            self.search_query = words
            return objects.search(words)
        return super().filter(objects)


class PlaceChoosing:
    filter_form_class = PlaceFilterForm

    def can_create(self) -> bool:
        return False


class WardChoosing(PlaceChoosing):
    @property
    def columns(self) -> list[Any]:
        province = Column("province", label=_("Tỉnh, thành phố"), accessor="province")
        return [self.title_column, province]  # type: ignore[attr-defined]

    def get_object_list(self) -> Any:
        return super().get_object_list().select_related("province")  # type: ignore[misc]


class ChooseCommuneView(PlaceChoosing, ChooseView):
    pass


class ChooseCommuneResultsView(PlaceChoosing, ChooseResultsView):
    pass


class ChooseWardView(WardChoosing, ChooseView):
    pass


class ChooseWardResultsView(WardChoosing, ChooseResultsView):
    pass


class FormerCommuneChooserViewSet(ChooserViewSet):
    model = "places.FormerCommune"
    icon = "site"
    choose_one_text = _("Chọn xã cũ")
    choose_another_text = _("Chọn xã cũ khác")
    choose_view_class = ChooseCommuneView
    choose_results_view_class = ChooseCommuneResultsView


class WardChooserViewSet(ChooserViewSet):
    model = "places.Ward"
    icon = "site"
    choose_one_text = _("Chọn xã, phường")
    choose_another_text = _("Chọn xã, phường khác")
    choose_view_class = ChooseWardView
    choose_results_view_class = ChooseWardResultsView


former_commune_chooser = FormerCommuneChooserViewSet("former_commune_chooser")
ward_chooser = WardChooserViewSet("ward_chooser")

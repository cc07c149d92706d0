"""Choosing a producer in Wagtail's admin; nothing is made or changed from the chooser."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from catalogue.text import slugify_vi


class MakerFilterForm(BaseFilterForm):
    """By name, with or without marks: the slug is the folded name."""

    q = forms.CharField(
        label=_("Tìm theo tên"),
        widget=forms.TextInput(attrs={"placeholder": _("Trường Sơn, banh mat…")}),
        required=False,
    )

    def filter(self, objects: Any) -> Any:
        objects = super().filter(objects)
        words = slugify_vi(self.cleaned_data.get("q") or "")
        if words:
            self.is_searching = True
            self.search_query = self.cleaned_data["q"]
            for word in words.split("-"):
                objects = objects.filter(slug__contains=word)
        return objects


class MakerChoosing:
    """Producers with a page of their own."""

    filter_form_class = MakerFilterForm

    @property
    def columns(self) -> list[Any]:
        kind = Column("kind", label=_("Loại chủ thể"), accessor="get_kind_display")
        ward = Column("ward", label=_("Xã, phường"), accessor="ward")
        return [self.title_column, kind, ward]  # type: ignore[attr-defined]

    def get_object_list(self) -> Any:
        found = super().get_object_list()  # type: ignore[misc]
        return found.public().select_related("ward").order_by("name")

    def can_create(self) -> bool:
        return False


class ChooseMakerView(MakerChoosing, ChooseView):
    pass


class ChooseMakerResultsView(MakerChoosing, ChooseResultsView):
    pass


class MakerChooserViewSet(ChooserViewSet):
    model = "partner.Partner"
    icon = "group"
    choose_one_text = _("Chọn nhà sản xuất")
    choose_another_text = _("Chọn nhà sản xuất khác")
    choose_view_class = ChooseMakerView
    choose_results_view_class = ChooseMakerResultsView


maker_chooser = MakerChooserViewSet("maker_chooser")

"""Choosing what goes into a box: products without variants and single variants, with pictures."""

from typing import Any

from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser

from catalogue.classes import GIFT_BOX
from catalogue.models import Product, ProductImage
from catalogue.money import format_dong
from catalogue.prices import price_of
from catalogue.text import slugify_vi
from catalogue.typed import whole_number
from cms.choosing import ForgivingChooser
from cms.product_admin import ProductFilterForm, thumbnail


class ThingFilterForm(ProductFilterForm):
    """By name, with or without marks: a variant by its product's."""

    def filter(self, objects: Any) -> Any:
        words = slugify_vi(self.cleaned_data.get("q") or "")
        if words:
            self.is_searching = True
            self.search_query = self.cleaned_data["q"]
            named = Q(parent=None, slug__contains=words) | Q(parent__slug__contains=words)
            objects = objects.filter(named)
        return objects


def _picture(thing: Product) -> str:
    return thumbnail(thing.canonical)


def _price(thing: Product) -> str:
    price = price_of(thing)
    return format_dong(price.amount) if price else ""


class ThingChoosing:
    """What can be bought by itself and is on sale; never a box in a box."""

    filter_form_class = ThingFilterForm

    def get_object_list(self) -> Any:
        pictures = Prefetch("images", queryset=ProductImage.objects.select_related("original"))
        return (
            Product.objects.filter(live=True, archived_at=None)
            .exclude(structure=Product.PARENT)
            .exclude(product_class__slug=GIFT_BOX)
            .filter(Q(parent=None) | Q(parent__live=True, parent__archived_at=None))
            .select_related("parent__product_class", "product_class")
            .prefetch_related(
                "stockrecords",
                pictures,
                "images__original__renditions",
                Prefetch("parent__images", queryset=pictures.queryset),
                "parent__images__original__renditions",
            )
            .order_by("parent__title", "title", "pk")
        )

    @property
    def columns(self) -> list[Any]:
        return [
            Column("picture", label=_("Ảnh"), accessor=_picture, width="80px"),
            TitleColumn(
                "title",
                label=_("Tên"),
                accessor="get_title",
                get_url=self._address,
                link_attrs={"data-chooser-modal-choice": True},
            ),
            Column("price", label=_("Giá"), accessor=_price),
        ]

    def _address(self, thing: Product) -> str:
        url = reverse(self.chosen_url_name, args=(thing.pk,))  # type: ignore[attr-defined]
        return str(self.append_preserved_url_parameters(url))  # type: ignore[attr-defined]

    def can_create(self) -> bool:
        return False


class ChooseThingView(ThingChoosing, ChooseView):
    pass


class ChooseThingResultsView(ThingChoosing, ChooseResultsView):
    pass


class NamesThings:
    """A variant is told by its product's name and its own."""

    def get_display_title(self, instance: Product) -> str:
        return str(instance.get_title())


class ThingChosenView(NamesThings, ChosenView):
    def get_object(self, pk: Any) -> Any:
        """Wagtail's own finds nothing by a key that is no number, and breaks."""
        return get_object_or_404(self.model_class, pk=whole_number(pk))


class ThingWidget(ForgivingChooser, NamesThings, BaseChooser):
    show_edit_link = False


class ThingChooserViewSet(ChooserViewSet):
    model = Product
    icon = "tag"
    choose_one_text = _("Chọn món")
    choose_another_text = _("Chọn món khác")
    choose_view_class = ChooseThingView
    choose_results_view_class = ChooseThingResultsView
    chosen_view_class = ThingChosenView
    base_widget_class = ThingWidget
    #: Blocks and panels keep the chooser of whole products.
    register_widget = False
    per_page = 12


thing_chooser = ThingChooserViewSet("box_thing_chooser")

"""Products in Wagtail's admin: a chooser for everybody there, an edit page for moderators.

Only groups with the permissions of the model get the edit page (see `cms.roles`); price and stock
belong to the producers' pages and the shop's staff, and are not here.
"""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from catalogue.boxes.contents import load_contents
from catalogue.cards import card_of
from catalogue.models import Product
from catalogue.pictures.specs import THUMB_SPEC
from catalogue.publishing import obstacles
from catalogue.querysets import goods_lookups
from catalogue.share_cards.facts import price_words
from catalogue.text import slugify_vi
from cms.publishing import goes_out


class ProductFilterForm(BaseFilterForm):
    """Search by name, with or without marks: the slug is the folded name."""

    q = forms.CharField(
        label=_("Tìm theo tên"),
        widget=forms.TextInput(attrs={"placeholder": _("Khoai lang, banh mat…")}),
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


def thumbnail(product: Product) -> str:
    """The first picture, small; nothing where there is none."""
    images = list(product.images.all())
    if not images:
        return ""
    made = [each for each in images[0].original.renditions.all() if each.filter_spec == THUMB_SPEC]
    url = made[0].url if made else images[0].original.file.url
    return format_html('<img src="{}" alt="" width="64" height="64">', url)


def price_and_stock(product: Product) -> str:
    """`150.000 ₫ · Còn nhiều`: what a page would say of it now."""
    card = card_of(product)
    price = price_words(card)
    return f"{price} · {card.stock.words}" if price else card.stock.words


class ProductChoosing:
    """Live products and boxes without alcohol, with their pictures, price and stock of now.

    Nothing is made from the chooser.
    """

    filter_form_class = ProductFilterForm

    def get_object_list(self) -> Any:
        return (
            Product.objects.listed()
            .without_alcohol()
            .with_origin()
            .prefetch_related(*goods_lookups((THUMB_SPEC,)))
            .order_by("title")
        )

    @property
    def columns(self) -> list[Any]:
        picture = Column("picture", label=_("Ảnh"), accessor=thumbnail, width="80px")
        price = Column("price", label=_("Giá, tồn kho"), accessor=price_and_stock)
        maker = Column("producer", label=_("Nhà sản xuất"), accessor="producer")
        return [picture, self.title_column, price, maker]  # type: ignore[attr-defined]

    def get_results_page(self, request: Any) -> Any:
        """A page of the results, what boxes hold loaded for all of them at once."""
        page = super().get_results_page(request)  # type: ignore[misc]
        page.object_list = list(page.object_list)
        load_contents(page.object_list)
        return page

    def can_create(self) -> bool:
        return False


class ChooseProductView(ProductChoosing, ChooseView):
    pass


class ChooseProductResultsView(ProductChoosing, ChooseResultsView):
    pass


class ProductChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ChooseProductView
    choose_results_view_class = ChooseProductResultsView


def _facts(*names: str) -> list[FieldPanel]:
    return [panel for name in names for panel in (FieldPanel(name), FieldPanel(f"{name}_en"))]


class ProductForm(WagtailAdminModelForm):
    """Says what keeps a product from being published, instead of failing at it."""

    def _post_clean(self) -> None:
        super()._post_clean()
        # A live product asks this of every save (`Product.clean`).
        asked = goes_out(self.data) and not self.instance.live
        if asked and (found := obstacles(self.instance)):
            self.add_error(None, found)


class ProductViewSet(SnippetViewSet):
    model = Product
    icon = "tag"
    menu_label = _("Sản phẩm")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["title", "producer", "live"]
    list_filter = ["live", "producer"]
    list_per_page = 50
    ordering = ["title"]
    copy_view_enabled = False
    chooser_viewset_class = ProductChooserViewSet
    chooser_per_page = 12

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *_facts("title", "summary", "description"),
                    FieldPanel("slug"),
                    FieldPanel("english_ready"),
                ],
                heading=_("Lời"),
            ),
            ObjectList(
                [
                    *_facts("ingredients", "storage", "usage", "warnings"),
                    MultiFieldPanel(
                        [
                            FieldPanel("shelf_life_days"),
                            FieldPanel("declaration_number"),
                            FieldPanel("abv"),
                            FieldPanel("licence_number"),
                        ],
                        heading=_("Trên nhãn"),
                    ),
                ],
                heading=_("Nhãn hàng"),
            ),
            ObjectList(
                [
                    FieldPanel("producer", read_only=True),
                    FieldPanel("origin", read_only=True),
                    FieldPanel("former_origin", read_only=True),
                    FieldPanel("gift_ready"),
                    FieldPanel("is_sample"),
                ],
                heading=_("Nơi làm ra"),
            ),
        ],
        base_form_class=ProductForm,
    )

    def get_queryset(self, request: Any) -> Any:
        """Products with a page of their own; variants are edited with them elsewhere."""
        return Product.objects.browsable_dashboard().select_related("producer")

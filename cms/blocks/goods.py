"""Blocks with goods. What they show is decided when the page is shown: see `cms.goods.Shelf`."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.addresses import live_path
from cms.blocks.choices import KnownByKey, PageKeyChooserBlock
from cms.goods import RowRule, Rule, Shelf, presentable
from cms.place_choosers import former_commune_chooser

FormerCommuneChooserBlock = former_commune_chooser.get_block_class(
    name="FormerCommuneChooserBlock", module_path="cms.blocks.goods"
)
#: Most cards in one row.
MOST_IN_A_ROW = 12


def shelf_of(value: Any, parent_context: Any) -> Shelf:
    """The page's shelf, or one of its own where a block is shown alone (in a preview)."""
    return (parent_context or {}).get("shelf") or Shelf(value)


class ProductChooserBlock(KnownByKey, SnippetChooserBlock):
    """One product. A deleted one is None: templates show nothing in its place."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("catalogue.Product", **kwargs)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        path, _args, kwargs = super().deconstruct()
        return path, [], kwargs


class PreviewsProduct:
    """Shows a product of the shop in the picker of blocks."""

    def get_preview_value(self) -> Any:
        product = presentable().order_by("pk").first()
        return self.normalize({"product": product})  # type: ignore[attr-defined]


class ProductCardBlock(PreviewsProduct, blocks.StructBlock):
    """A product of the shop; nothing once it may not be shown."""

    product = ProductChooserBlock(label=_("Sản phẩm"))
    note = blocks.CharBlock(label=_("Lời kèm"), max_length=200, required=False)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["card"] = shelf_of(value, parent_context).card_of(value.get("product"))
        return context

    class Meta:
        icon = "tag"
        label = _("Thẻ sản phẩm")
        template = "cms/blocks/product_card.html"


class ProductRowBlock(blocks.StructBlock):
    """A row that fills itself: in season, new, of one group, of one old commune, for gifts."""

    title = blocks.CharBlock(label=_("Tiêu đề"), max_length=80)
    rule = blocks.ChoiceBlock(label=_("Chọn theo"), choices=Rule.choices, default=Rule.SEASON)
    group = blocks.CharBlock(
        label=_("Nhóm"),
        required=False,
        help_text=_("Với “một nhóm sản phẩm”: phần cuối địa chỉ trang nhóm, như san-pham-che."),
    )
    place = FormerCommuneChooserBlock(
        label=_("Xã cũ"), required=False, help_text=_("Với “một nơi”.")
    )
    limit = blocks.IntegerBlock(
        label=_("Nhiều nhất"), default=4, min_value=1, max_value=MOST_IN_A_ROW
    )
    otherwise = blocks.CharBlock(
        label=_("Khi không có gì vào mùa"),
        max_length=200,
        required=False,
        help_text=_("Hiện câu này, rồi đến những món có quanh năm."),
    )

    def rule_of(self, value: Any) -> RowRule:
        place = value.get("place")
        return RowRule(
            rule=Rule(value.get("rule") or Rule.SEASON),
            limit=value.get("limit") or 4,
            group=value.get("group") or "",
            former_commune_id=place.pk if place else None,
        )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value["rule"] == Rule.GROUP and not value.get("group"):
            raise blocks.StructBlockValidationError(
                {"group": ValidationError(gettext("Hãy ghi nhóm sản phẩm."))}
            )
        if value["rule"] == Rule.PLACE and not value.get("place"):
            raise blocks.StructBlockValidationError(
                {"place": ValidationError(gettext("Hãy chọn xã cũ."))}
            )
        return value

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["row"] = shelf_of(value, parent_context).row(self.rule_of(value))
        return context

    class Meta:
        icon = "list-ul"
        label = _("Hàng sản phẩm theo quy tắc")
        template = "cms/blocks/product_row.html"
        preview_value = {"title": "Mới lên chợ", "rule": Rule.NEW, "limit": 4}


class CallToActionBlock(blocks.StructBlock):
    """One thing to do next: go to a product, a page of ours or an address of this shop."""

    text = blocks.CharBlock(label=_("Lời mời"), max_length=200, required=False)
    label = blocks.CharBlock(label=_("Chữ trên nút"), max_length=40)
    product = ProductChooserBlock(label=_("Tới sản phẩm"), required=False)
    page = PageKeyChooserBlock(label=_("Hoặc tới trang"), required=False)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not value.get("product") and not value.get("page"):
            raise blocks.StructBlockValidationError(
                {"product": ValidationError(gettext("Hãy chọn một sản phẩm hoặc một trang."))}
            )
        return value

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        card = shelf_of(value, parent_context).card_of(value.get("product"))
        page = value.get("page")
        if card:
            context["url"] = card.url
        else:
            context["url"] = live_path(page.pk) if page else ""
        return context

    class Meta:
        icon = "link"
        label = _("Lời mời và nút")
        template = "cms/blocks/call_to_action.html"
        preview_value = {"text": "Xem thêm hàng của Lục Nam.", "label": "Xem sản phẩm"}


class GiftItemBlock(PreviewsProduct, blocks.StructBlock):
    """One thing in a box: which product, how much of it, and a line about it."""

    product = ProductChooserBlock(label=_("Sản phẩm"))
    portion = blocks.CharBlock(
        label=_("Phần trong hộp"),
        max_length=60,
        required=False,
        help_text=_("Như: 250 g, 10 chiếc."),
    )
    quantity = blocks.IntegerBlock(label=_("Số lượng"), default=1, min_value=1)
    note = blocks.CharBlock(label=_("Lời kèm"), max_length=200, required=False)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["card"] = shelf_of(value, parent_context).card_of(value.get("product"))
        return context

    class Meta:
        icon = "tag"
        label = _("Món trong hộp")
        template = "cms/blocks/gift_item.html"

"""Blocks that sell boxes. Price, stock and contents are the box's own, read when it is shown."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from catalogue.boxes.contents import contents_of
from catalogue.classes import GIFT_BOX
from cms.blocks.choices import PageKeyChooserBlock
from cms.blocks.goods import ProductChooserBlock, shelf_of
from cms.goods import presentable


class GiftBoxBlock(blocks.StructBlock):
    """A box with what it holds and a button that puts it into the basket."""

    box = ProductChooserBlock(label=_("Hộp quà"))
    note = blocks.CharBlock(label=_("Lời kèm"), max_length=250, required=False)

    def get_preview_value(self) -> Any:
        boxes = presentable().filter(product_class__slug=GIFT_BOX)
        return self.normalize({"box": boxes.order_by("pk").first(), "note": ""})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        shelf = shelf_of(value, parent_context)
        card = shelf.card_of(value.get("box"))
        context["card"] = card
        context["parts"] = shelf.parts_of(card.product) if card else []
        return context

    class Meta:
        icon = "pick"
        label = _("Hộp quà và nút mua")
        template = "cms/blocks/gift_box.html"


class BuilderBlock(blocks.StructBlock):
    """A way to the page where the buyer fills a box, or swaps things in it."""

    box = ProductChooserBlock(
        label=_("Hộp để tự chọn"), help_text=_("Hộp có ngăn trống, hoặc có món đổi được.")
    )
    text = blocks.CharBlock(label=_("Lời mời"), max_length=250, required=False)

    def get_preview_value(self) -> Any:
        boxes = presentable().filter(gift_box__slots__gt=0)
        return self.normalize({"box": boxes.order_by("pk").first(), "text": ""})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        card = shelf_of(value, parent_context).card_of(value.get("box"))
        # A box that was sealed since has nothing to choose any more.
        contents = contents_of(card.product) if card and card.product.is_gift_box else None
        is_open = contents is not None and (
            contents.is_to_be_filled or any(part.is_swappable for part in contents.parts)
        )
        context["card"] = card if is_open else None
        context["slots"] = contents.gift.slots if contents is not None else 0
        return context

    class Meta:
        icon = "edit"
        label = _("Tự chọn món cho hộp")
        template = "cms/blocks/builder.html"


class GiftPageBlock(blocks.StructBlock):
    """A gift page as a card with the price of its box."""

    page = PageKeyChooserBlock(label=_("Trang hộp quà"), page_type="cms.GiftPage")

    def get_preview_value(self) -> Any:
        pages = apps.get_model("cms", "GiftPage").objects.live()
        return self.normalize({"page": pages.order_by("path").first()})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        shelf = shelf_of(value, parent_context)
        gift = shelf.gift(value.get("page"))
        context["gift"] = gift
        context["box"] = shelf.card(gift.box_id) if gift else None
        return context

    class Meta:
        icon = "pick"
        label = _("Trang hộp quà")
        template = "cms/blocks/gift_page.html"

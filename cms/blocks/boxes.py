"""Blocks that sell boxes. Price, stock and contents are the box's own, read when it is shown."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from catalogue.classes import GIFT_BOX
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


class GiftPageBlock(blocks.StructBlock):
    """A gift page as a card with the price of its box."""

    page = blocks.PageChooserBlock(label=_("Trang hộp quà"), page_type="cms.GiftPage")

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

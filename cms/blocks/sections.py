"""Rows of the home page: boxes, stories, places, makers, promises."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms import telling


class HeadedBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tiêu đề"), max_length=80)
    lead = blocks.CharBlock(label=_("Lời dẫn"), max_length=250, required=False)


class GiftBandBlock(HeadedBlock):
    """The newest gift pages on a dark band."""

    limit = blocks.IntegerBlock(label=_("Nhiều nhất"), default=2, min_value=1, max_value=4)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        shelf = (parent_context or {}).get("shelf")
        context["gifts"] = [
            (gift, shelf.card(gift.box_id) if shelf else None)
            for gift in telling.newest_gifts()[: value.get("limit") or 2]
        ]
        return context

    class Meta:
        icon = "pick"
        label = _("Dải hộp quà")
        template = "cms/blocks/gift_band.html"


class StoryRowBlock(HeadedBlock):
    limit = blocks.IntegerBlock(label=_("Nhiều nhất"), default=3, min_value=1, max_value=9)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["cards"] = telling.newest_stories()[: value.get("limit") or 3]
        return context

    class Meta:
        icon = "doc-full-inverse"
        label = _("Hàng câu chuyện")
        template = "cms/blocks/story_row.html"


class PlaceRowBlock(HeadedBlock):
    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["cards"] = telling.places()
        return context

    class Meta:
        icon = "site"
        label = _("Hàng địa danh")
        template = "cms/blocks/place_row.html"


class MakerRowBlock(HeadedBlock):
    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["makers"] = telling.makers()
        return context

    class Meta:
        icon = "group"
        label = _("Hàng nhà sản xuất")
        template = "cms/blocks/maker_row.html"


class PromiseBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tên"), max_length=60)
    text = blocks.TextBlock(label=_("Lời hứa"))


class PromisesBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tiêu đề"), max_length=80)
    promises = blocks.ListBlock(PromiseBlock(), label=_("Các lời hứa"))

    class Meta:
        icon = "check"
        label = _("Cửa hàng giữ lời")
        template = "cms/blocks/promises.html"

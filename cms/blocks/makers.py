"""Blocks about producers. Who has no page of their own (any more) is left out when shown."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.choices import KnownByKey
from cms.blocks.goods import shelf_of
from cms.maker_chooser import maker_chooser

_MakerChooserBlock: Any = maker_chooser.get_block_class(
    name="MakerChooserBlock", module_path="cms.blocks.makers"
)


class MakerChooserBlock(KnownByKey, _MakerChooserBlock):
    """One producer. A deleted one is None."""


class MakerBlock(blocks.StructBlock):
    """One producer, with a line about it."""

    maker = MakerChooserBlock(label=_("Nhà sản xuất"))
    note = blocks.CharBlock(label=_("Lời kèm"), max_length=250, required=False)

    def get_preview_value(self) -> Any:
        makers = apps.get_model("partner", "Partner").objects.public()
        return self.normalize({"maker": makers.order_by("pk").first(), "note": ""})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        maker = value.get("maker")
        shelf = shelf_of(value, parent_context)
        context["maker"] = shelf.maker(maker.pk) if maker is not None else None
        return context

    class Meta:
        icon = "group"
        label = _("Nhà sản xuất")
        template = "cms/blocks/maker.html"

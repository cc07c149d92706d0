"""Where something is, on our own sketch: no map service is asked (see `shop.places.sketch`)."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.choices import KnownByKey
from cms.place_choosers import ward_chooser
from cms.places import ward_phrases
from shop.partner.pages import PlaceMap
from shop.places.sketch import sketch

#: Xã Bắc Lũng, which the picker of blocks shows.
BAC_LUNG = "07498"
_WardChooserBlock: Any = ward_chooser.get_block_class(
    name="WardChooserBlock", module_path="cms.blocks.maps"
)


class WardChooserBlock(KnownByKey, _WardChooserBlock):
    """A present ward or commune."""


class MapBlock(blocks.StructBlock):
    """Communes marked on the sketch of old Lục Nam; elsewhere their names alone."""

    wards = blocks.ListBlock(
        WardChooserBlock(label=_("Xã, phường hiện nay")), label=_("Đánh dấu"), min_num=1
    )
    caption = blocks.CharBlock(label=_("Lời kèm"), max_length=250, required=False)

    def get_preview_value(self) -> Any:
        wards = apps.get_model("places", "Ward").objects.filter(pk=BAC_LUNG)
        return self.normalize({"wards": list(wards), "caption": "Khoai lang Yên Sơn trồng ở đây."})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        keys = {ward.pk for ward in value.get("wards") or [] if ward is not None}
        context["map"] = PlaceMap(sketch(keys))
        context["names"] = ward_phrases(keys)
        return context

    class Meta:
        icon = "site"
        label = _("Sơ đồ")
        template = "cms/blocks/map.html"

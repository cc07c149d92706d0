"""Pictures in the running text, with their words and their credit."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from catalogue.pictures.specs import PAGE_SPECS
from cms.pictures import pictures_by_key, shown_picture


class PictureChooserBlock(ImageChooserBlock):
    """Loads all its pictures with their made sizes in two queries, however many blocks."""

    def bulk_to_python(self, values: Sequence[int | None]) -> list[Any]:
        found = pictures_by_key(value for value in values if value)
        return [found.get(value) if value else None for value in values]

    def to_python(self, value: int | None) -> Any:
        return self.bulk_to_python([value])[0]


def _some_pictures(count: int) -> list[Any]:
    """Pictures of the library, for the picker of blocks."""
    keys = apps.get_model("pictures", "Picture").objects.order_by("pk").values_list("pk", flat=True)
    return list(pictures_by_key(keys[:count]).values())


class PictureBlock(blocks.StructBlock):
    picture = PictureChooserBlock(label=_("Ảnh"))
    caption = blocks.CharBlock(label=_("Lời dưới ảnh"), max_length=250, required=False)

    def get_preview_value(self) -> Any:
        return self.normalize({"picture": next(iter(_some_pictures(1)), None)})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        picture = value.get("picture")
        context["shown"] = shown_picture(picture, PAGE_SPECS) if picture else None
        context["credit"] = picture.credit if picture else ""
        return context

    class Meta:
        icon = "image"
        label = _("Ảnh")
        template = "cms/blocks/picture.html"


class GalleryPictureBlock(PictureBlock):
    class Meta:
        template = "cms/blocks/gallery_picture.html"


class GalleryBlock(blocks.StructBlock):
    """Several pictures beside one another, each with its words and its credit."""

    title = blocks.CharBlock(label=_("Tiêu đề"), max_length=80, required=False)
    pictures = blocks.ListBlock(GalleryPictureBlock(), label=_("Các ảnh"), min_num=2, max_num=24)

    def get_preview_value(self) -> Any:
        return self.normalize({"pictures": [{"picture": each} for each in _some_pictures(3)]})

    class Meta:
        icon = "image"
        label = _("Bộ ảnh")
        template = "cms/blocks/gallery.html"

"""Pictures of a product: places in its gallery for images of the one library."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractProductImage

if TYPE_CHECKING:
    from catalogue.pictures.models import Picture


class ProductImage(AbstractProductImage):
    """A library picture in a product's gallery; the one with the lowest order is on the card.

    The column keeps Oscar's name, `original`, which its dashboard asks for; it is a reference to
    the library instead of a file.
    """

    original = models.ForeignKey(
        "pictures.Picture",
        on_delete=models.PROTECT,
        related_name="product_images",
        verbose_name=_("Ảnh"),
    )

    class Meta(AbstractProductImage.Meta):
        verbose_name = _("Ảnh sản phẩm")
        verbose_name_plural = _("Ảnh sản phẩm")

    @property
    def picture(self) -> "Picture":
        return self.original

"""The one image library: producers' photographs, promoters' pictures, share cards."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """An image with words for those who cannot see it, in both languages, and its credit."""

    alt_text = models.CharField(
        _("Mô tả ảnh"),
        max_length=250,
        blank=True,
        help_text=_("Tả điều nhìn thấy trong ảnh, cho người không nhìn được ảnh."),
    )
    alt_text_en = models.CharField(_("Mô tả ảnh (tiếng Anh)"), max_length=250, blank=True)
    credit = models.CharField(_("Người chụp, người vẽ"), max_length=200, blank=True)
    is_illustration = models.BooleanField(_("Là tranh minh họa"), default=False)

    admin_form_fields = (
        *Image.admin_form_fields,
        "alt_text",
        "alt_text_en",
        "credit",
        "is_illustration",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("Ảnh")
        verbose_name_plural = _("Ảnh")
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        return self.alt_text or self.title


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

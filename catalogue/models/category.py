"""The tree of groups: 6 trades (ngành), 26 sets (bộ sản phẩm) of the OCOP programme."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractCategory

from catalogue.translation import TranslatedTextMixin


class Category(TranslatedTextMixin, AbstractCategory):
    """A group a product may be registered in. `number` is 1–26 for the sets (QĐ 26/2026/QĐ-TTg)."""

    name_en = models.CharField(_("Tên tiếng Anh"), max_length=255, blank=True)
    number = models.PositiveSmallIntegerField(
        _("Số của bộ sản phẩm"),
        null=True,
        blank=True,
        unique=True,
        help_text=_("1–26 theo Quyết định 26/2026/QĐ-TTg; để trống với ngành."),
    )

    class Meta(AbstractCategory.Meta):
        verbose_name = _("Nhóm sản phẩm")
        verbose_name_plural = _("Nhóm sản phẩm")

    @property
    def english_ready(self) -> bool:
        return bool(self.name_en)

    @property
    def display_name(self) -> str:
        """The name in the visitor's language."""
        return self.words("name")

    def get_absolute_url(self, parent_slug: str | None = None) -> str:
        return reverse("catalogue:category", kwargs={"slug": self.slug})

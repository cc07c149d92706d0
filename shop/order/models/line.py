"""Order lines: frozen at placing, so that the past never changes with the catalogue."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.abstract_models import AbstractLine


class Line(AbstractLine):
    """One product of an order, with the facts it was sold under."""

    parcel = models.ForeignKey(
        "order.Parcel",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name=_("Kiện"),
    )
    lot = models.ForeignKey(
        "catalogue.Lot",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Lô"),
    )
    picture = models.ForeignKey(
        "pictures.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Ảnh"),
    )
    net_text = models.CharField(_("Khối lượng tịnh"), max_length=60, blank=True)
    certificate_text = models.CharField(_("Chứng nhận khi bán"), max_length=200, blank=True)
    is_alcohol = models.BooleanField(_("Là đồ uống có cồn"), default=False)

    shop_share = models.DecimalField(
        _("Phần của cửa hàng"), max_digits=5, decimal_places=4, default=Decimal(0)
    )

    @property
    def net_note(self) -> str:
        """The net quantity, where the title does not say it already."""
        said = self.title.replace("\u00a0", " ")
        return "" if self.net_text.replace("\u00a0", " ") in said else self.net_text

    class Meta(AbstractLine.Meta):
        app_label = "order"
        verbose_name = _("Dòng hàng")
        verbose_name_plural = _("Dòng hàng")

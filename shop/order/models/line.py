"""Order lines: frozen at placing, so that the past never changes with the catalogue."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.abstract_models import AbstractLine

from shop.order.titles import title_for_reader


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

    box = models.ForeignKey(
        "order.OrderBox",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name=_("Trong hộp quà"),
    )
    is_wrapping = models.BooleanField(_("Là hộp và gói quà"), default=False)
    supply_price = models.DecimalField(
        _("Giá cung cấp, đồng"),
        max_digits=12,
        decimal_places=0,
        null=True,
        blank=True,
        help_text=_("Của cả dòng, khi khác tiền hàng: món trong hộp quà."),
    )
    from_page = models.PositiveBigIntegerField(_("Mua từ trang"), null=True, blank=True)
    from_campaign = models.SlugField(_("Mua từ chiến dịch"), max_length=60, blank=True)

    @property
    def supplied(self) -> Decimal:
        """What its producer supplies the whole line at, đồng."""
        if self.supply_price is not None:
            return self.supply_price
        return self.line_price_before_discounts_incl_tax

    @property
    def reader_title(self) -> str:
        """The name for who packs it, in their language. Reads `parcel.order` and the product."""
        return title_for_reader(self, self._language)

    @property
    def reader_box_title(self) -> str:
        """The same for the box that it is in; empty for none."""
        return title_for_reader(self.box, self._language) if self.box else ""

    @property
    def _language(self) -> str:
        order = self.parcel.order if self.parcel else self.order
        return str(order.language)

    @property
    def net_note(self) -> str:
        """The net quantity, where the title does not say it already."""
        said = self.title.replace("\u00a0", " ")
        return "" if self.net_text.replace("\u00a0", " ") in said else self.net_text

    class Meta(AbstractLine.Meta):
        app_label = "order"
        verbose_name = _("Dòng hàng")
        verbose_name_plural = _("Dòng hàng")

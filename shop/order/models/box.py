"""Gift boxes of an order. What is in one are ordinary lines, which point at their box."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models.box import Packing


class OrderBox(models.Model):
    """So many of one gift box for one recipient, as it was sold.

    `price` is đồng for all of them, before discounts.
    """

    order = models.ForeignKey(
        "order.Order", on_delete=models.CASCADE, related_name="boxes", verbose_name=_("Đơn hàng")
    )
    product = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Hộp quà"),
    )
    design = models.ForeignKey(
        "catalogue.BoxDesign",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Hộp tự xếp"),
    )
    title = models.CharField(_("Tên hộp"), max_length=255)
    quantity = models.PositiveIntegerField(_("Số hộp"), default=1)
    price = models.DecimalField(_("Tiền hộp, đồng"), max_digits=12, decimal_places=0)
    packing = models.CharField(_("Đóng gói"), max_length=10, choices=Packing.choices)
    picture = models.ForeignKey(
        "pictures.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Ảnh"),
    )
    #: Everything in it keeps at least until then: packed from lots that do.
    good_until = models.DateField(_("Còn hạn đến ít nhất"), null=True, blank=True)

    class Meta:
        app_label = "order"
        verbose_name = _("Hộp quà của đơn")
        verbose_name_plural = _("Hộp quà của đơn")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="order_box_sane", condition=Q(quantity__gte=1, price__gte=Decimal(0))
            )
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"

"""What a gift box holds: so many of each product."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BoxItem(models.Model):
    """So many of one product, or of one variant of it, in one gift box."""

    box = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.CASCADE,
        related_name="box_items",
        verbose_name=_("Hộp quà"),
    )
    product = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.PROTECT,
        related_name="in_boxes",
        verbose_name=_("Món trong hộp"),
    )
    quantity = models.PositiveSmallIntegerField(
        _("Số lượng"), default=1, validators=[MinValueValidator(1)]
    )
    display_order = models.PositiveSmallIntegerField(_("Thứ tự"), default=0)

    class Meta:
        verbose_name = _("Món trong hộp quà")
        verbose_name_plural = _("Món trong hộp quà")
        ordering = ["display_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["box", "product"], name="box_item_once"),
            models.CheckConstraint(name="box_item_at_least_one", condition=Q(quantity__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product.get_title()}"

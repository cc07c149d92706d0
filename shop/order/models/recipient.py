"""Who gets a gift, where, when, and with what words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Length of the words on a greeting card, letters.
GREETING_LENGTH = 400
SENDER_LENGTH = 80


class Recipient(models.Model):
    """One person who gets parcels of a gift order. Ordinary orders have none.

    `address` is this person's; the order's own is the buyer's where there are several.
    """

    order = models.ForeignKey(
        "order.Order",
        on_delete=models.CASCADE,
        related_name="recipients",
        verbose_name=_("Đơn hàng"),
    )
    position = models.PositiveSmallIntegerField(_("Người nhận số"))
    address = models.ForeignKey(
        "order.ShippingAddress",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Địa chỉ"),
    )
    greeting = models.TextField(_("Lời chúc"), max_length=GREETING_LENGTH, blank=True)
    sender_name = models.CharField(_("Người tặng"), max_length=SENDER_LENGTH, blank=True)
    card = models.CharField(_("Mẫu thiệp"), max_length=20, blank=True)
    deliver_on = models.DateField(_("Muốn nhận ngày"), null=True, blank=True)

    class Meta:
        app_label = "order"
        verbose_name = _("Người nhận quà")
        verbose_name_plural = _("Người nhận quà")
        ordering = ["order", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "position"], name="recipient_position_once_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order.number} · {self.address.first_name}"

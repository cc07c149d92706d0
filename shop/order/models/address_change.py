"""Where an order goes instead: what was written before stays, beside who changed it and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AddressChange(models.Model):
    """One change of an order's address, made or asked for. Addresses themselves are never edited.

    `asked` where it would change the fee: staff decide. `fee_difference` is đồng, what delivery to
    the new place costs more.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Chờ cửa hàng")
        DONE = "done", _("Đã đổi")
        DECLINED = "declined", _("Không đổi")

    order = models.ForeignKey(
        "order.Order",
        on_delete=models.CASCADE,
        related_name="address_changes",
        verbose_name=_("Đơn hàng"),
    )
    recipient = models.ForeignKey(
        "order.Recipient",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="address_changes",
        verbose_name=_("Người nhận quà"),
    )
    old = models.ForeignKey(
        "order.ShippingAddress",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Trước đó"),
    )
    new = models.ForeignKey(
        "order.ShippingAddress",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Sau đó"),
    )
    state = models.CharField(_("Trạng thái"), max_length=10, choices=State.choices)
    fee_difference = models.DecimalField(
        _("Phí giao thêm, đồng"), max_digits=12, decimal_places=0, default=0
    )
    words = models.CharField(_("Vì sao"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người đổi"),
    )
    at = models.DateTimeField(_("Lúc"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người quyết định"),
    )
    decided_at = models.DateTimeField(_("Quyết định lúc"), null=True, blank=True)

    class Meta:
        app_label = "order"
        verbose_name = _("Đổi địa chỉ")
        verbose_name_plural = _("Đổi địa chỉ")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["at"], condition=Q(state="asked"), name="address_change_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.state}"

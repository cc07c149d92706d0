"""Parcels (kiện): what one producer sends of one order."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from shop.order.models.address import ShippingAddress


class Parcel(models.Model):
    """One producer's part of an order, with its own way and its own part of the fee.

    `charge` is đồng, tax included; the parcels' charges add up to the order's shipping.
    `uncollected` is what was to be paid at the door, đồng, for one that came back instead: of a
    parcel that was paid for beforehand, nothing.
    """

    class Status(models.TextChoices):
        NEW = "new", _("Mới")
        PACKING = "packing", _("Đang đóng gói")
        SHIPPED = "shipped", _("Đã gửi")
        DELIVERED = "delivered", _("Đã giao")
        RETURNED = "returned", _("Bị trả lại")
        CANCELLED = "cancelled", _("Đã hủy")

    order = models.ForeignKey(
        "order.Order", on_delete=models.CASCADE, related_name="parcels", verbose_name=_("Đơn hàng")
    )
    producer = models.ForeignKey(
        "partner.Partner",
        on_delete=models.PROTECT,
        related_name="parcels",
        verbose_name=_("Nhà sản xuất"),
    )
    recipient = models.ForeignKey(
        "order.Recipient",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parcels",
        verbose_name=_("Người nhận quà"),
    )
    position = models.PositiveSmallIntegerField(_("Kiện số"))
    status = models.CharField(
        _("Trạng thái"), max_length=20, choices=Status.choices, default=Status.NEW
    )
    method_code = models.CharField(_("Mã cách giao"), max_length=40)
    method_name = models.CharField(_("Cách giao"), max_length=120)
    weight_grams = models.PositiveIntegerField(_("Khối lượng tính cước, gam"), default=0)
    charge = models.DecimalField(_("Phí giao, đồng"), max_digits=12, decimal_places=0)
    charge_breakdown = models.JSONField(_("Cách tính phí"), default=dict, blank=True)
    #: Kept cold on its way: nothing else travels with it.
    is_chilled = models.BooleanField(_("Kiện lạnh"), default=False)
    promised_from = models.DateField(_("Dự kiến giao từ"), null=True, blank=True)
    promised_to = models.DateField(_("Dự kiến giao đến"), null=True, blank=True)
    carrier = models.CharField(_("Bên vận chuyển"), max_length=100, blank=True)
    tracking_number = models.CharField(_("Mã vận đơn"), max_length=100, blank=True)
    shipped_at = models.DateTimeField(_("Gửi lúc"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("Giao lúc"), null=True, blank=True)
    returned_at = models.DateTimeField(_("Về lại lúc"), null=True, blank=True)
    uncollected = models.DecimalField(
        _("Trả lại, chưa thu, đồng"), max_digits=12, decimal_places=0, default=Decimal(0)
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "order"
        verbose_name = _("Kiện hàng")
        verbose_name_plural = _("Kiện hàng")
        ordering = ["order", "position"]
        indexes = [
            # What staff and producers work through, of all that were ever sent.
            models.Index(
                fields=["promised_to"],
                condition=Q(status__in=("new", "packing", "shipped")),
                name="parcel_under_way",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "position"], name="parcel_position_once_in_order"
            ),
            models.CheckConstraint(name="parcel_charge_not_negative", condition=Q(charge__gte=0)),
            models.CheckConstraint(
                name="parcel_promise_is_a_span",
                condition=Q(promised_from__isnull=True, promised_to__isnull=True)
                | Q(promised_to__gte=F("promised_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order.number}/{self.position}"

    @property
    def reached_at(self) -> datetime | None:
        """When it came to the state it is in; None where nobody keeps that."""
        return {
            self.Status.NEW: self.created_at,
            self.Status.SHIPPED: self.shipped_at,
            self.Status.DELIVERED: self.delivered_at,
            self.Status.RETURNED: self.returned_at,
        }.get(self.Status(self.status))

    @property
    def tracking_url(self) -> str:
        """Where its carrier lets anybody follow it; empty where that is nowhere."""
        # Carriers know parcels; a parcel knows them only by name.
        from shop.carriers.registry import tracking_url

        return tracking_url(self.carrier, self.tracking_number)

    @property
    def address(self) -> "ShippingAddress":
        """Where it goes: to its recipient, else to the order's own address."""
        return self.recipient.address if self.recipient else self.order.shipping_address

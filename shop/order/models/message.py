"""What is said about an order: by its buyer, the sender of a parcel, or the shop."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MESSAGE_LENGTH = 500


class OrderMessageQuerySet(models.QuerySet["OrderMessage"]):
    def unanswered(self) -> Self:
        return self.filter(waits=True)

    def of_thread(self, order: object, parcel: object = None, about: object = None) -> Self:
        """One conversation: about a parcel, about a report, or about the order as a whole."""
        return self.filter(order=order, parcel=parcel, about=about)


class OrderMessage(models.Model):
    """One message. With `parcel` its producer reads it too; without, buyer and shop only.

    `about` is the report (`shop.returns`) that it belongs to. `waits` marks a buyer's words that
    nobody has answered yet.
    """

    class Side(models.TextChoices):
        BUYER = "buyer", _("Người mua")
        PRODUCER = "producer", _("Nhà sản xuất")
        SHOP = "shop", _("Cửa hàng")

    order = models.ForeignKey(
        "order.Order", on_delete=models.CASCADE, related_name="messages", verbose_name=_("Đơn hàng")
    )
    parcel = models.ForeignKey(
        "order.Parcel",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("Kiện hàng"),
    )
    about = models.ForeignKey(
        "returns.ReturnRequest",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("Yêu cầu trả hàng"),
    )
    side = models.CharField(_("Bên viết"), max_length=10, choices=Side.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người viết"),
    )
    text = models.TextField(_("Lời nhắn"), max_length=MESSAGE_LENGTH)
    waits = models.BooleanField(_("Chờ trả lời"), default=False)
    sent_at = models.DateTimeField(_("Gửi lúc"), auto_now_add=True)

    objects = OrderMessageQuerySet.as_manager()

    class Meta:
        app_label = "order"
        verbose_name = _("Lời nhắn về đơn")
        verbose_name_plural = _("Lời nhắn về đơn")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["sent_at"], condition=Q(waits=True), name="order_message_waiting")
        ]

    def __str__(self) -> str:
        return self.text[:60]

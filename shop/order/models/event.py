"""What a carrier tells of a parcel on its way, one row a message."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ParcelEvent(models.Model):
    """One thing that happened to a parcel. Told again (the same `key`), it is not written again.

    `status` is what it means to us, `words` and `place` are the carrier's own; `happened_at` is
    the carrier's clock. `source` is the carrier's code (`shop.carriers`), empty for our own people.
    """

    class Status(models.TextChoices):
        CREATED = "created", _("Đã tạo vận đơn")
        PICKED = "picked", _("Đã lấy hàng")
        MOVING = "moving", _("Đang trên đường")
        OUT = "out", _("Đang giao đến bạn")
        FAILED = "failed", _("Chưa giao được")
        DELIVERED = "delivered", _("Đã giao")
        RETURNING = "returning", _("Đang chuyển về người gửi")
        RETURNED = "returned", _("Đã về người gửi")
        CANCELLED = "cancelled", _("Đã hủy vận đơn")
        PROBLEM = "problem", _("Có trục trặc, chúng tôi đang hỏi bên vận chuyển")

    parcel = models.ForeignKey(
        "order.Parcel", on_delete=models.CASCADE, related_name="events", verbose_name=_("Kiện hàng")
    )
    status = models.CharField(_("Việc"), max_length=20, choices=Status.choices)
    words = models.CharField(_("Lời của bên vận chuyển"), max_length=300, blank=True)
    place = models.CharField(_("Ở đâu"), max_length=200, blank=True)
    happened_at = models.DateTimeField(_("Lúc"), default=timezone.now)
    source = models.CharField(_("Ai báo"), max_length=30, blank=True)
    key = models.CharField(_("Khóa của tin"), max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "order"
        verbose_name = _("Việc của kiện")
        verbose_name_plural = _("Việc của kiện")
        ordering = ["happened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["parcel", "key"], name="parcel_event_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id} {self.get_status_display()}"

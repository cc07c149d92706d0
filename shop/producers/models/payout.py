"""Where a producer is paid."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.payment.models import TransferTarget


class PayoutAccount(TransferTarget):
    """The bank account that a producer's owner named."""

    producer = models.OneToOneField(
        "partner.Partner",
        on_delete=models.CASCADE,
        related_name="payout_account",
        verbose_name=_("Nhà sản xuất"),
    )
    changed_at = models.DateTimeField(_("Đổi lúc"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người đổi"),
    )

    class Meta:
        app_label = "producers"
        verbose_name = _("Tài khoản nhận tiền hàng")
        verbose_name_plural = _("Tài khoản nhận tiền hàng")

    def __str__(self) -> str:
        return f"{self.number} · {self.holder}"

"""The order's summary: the contract in plain data, written once when the order is placed."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderSummary(models.Model):
    """What was agreed on for one order, as `shop.contracts.freezing` read it at that moment.

    Never changed: an order that is cancelled or refunded keeps the contract it had. Luật Thương
    mại điện tử 122/2025/QH15 lets the buyer keep and download it; it is no invoice.
    """

    order = models.OneToOneField(
        "order.Order", on_delete=models.PROTECT, related_name="summary", verbose_name=_("Đơn hàng")
    )
    facts = models.JSONField(_("Nội dung"))
    terms_version = models.CharField(_("Phiên bản điều khoản"), max_length=100)
    created_at = models.DateTimeField(_("Lập lúc"), auto_now_add=True)

    class Meta:
        verbose_name = _("Tóm tắt đơn hàng")
        verbose_name_plural = _("Tóm tắt đơn hàng")

    def __str__(self) -> str:
        return f"{self.order_id} · {self.terms_version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once. Raises ValueError for a second time: a contract is not rewritten."""
        if not self._state.adding:
            raise ValueError("the summary of an order is never changed")
        super().save(*args, **kwargs)

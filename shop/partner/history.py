"""Who changed which price and which stock, and when; prices that moved too far wait for staff."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """One change of one stock record, by a person or (`by` empty) by the shop itself."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người đổi"),
    )
    at = models.DateTimeField(_("Lúc"), auto_now_add=True)

    class Meta:
        abstract = True


class StockChange(Change):
    """What was left to sell before and after somebody counted."""

    stockrecord = models.ForeignKey(
        "partner.StockRecord", on_delete=models.CASCADE, related_name="stock_changes"
    )
    left_before = models.IntegerField(_("Còn trước"))
    left_after = models.IntegerField(_("Còn sau"))

    class Meta:
        app_label = "partner"
        verbose_name = _("Lần đổi kho")
        verbose_name_plural = _("Lần đổi kho")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.left_before} → {self.left_after}"


class PriceChangeQuerySet(models.QuerySet["PriceChange"]):
    def waiting(self) -> Self:
        """Too far to go at once: staff look first."""
        return self.filter(state=PriceChange.State.WAITING)


class PriceChange(Change):
    """A price and a sale as they were and as they were wanted, đồng, tax included."""

    class State(models.TextChoices):
        APPLIED = "applied", _("Đã đổi")
        WAITING = "waiting", _("Chờ cửa hàng xem")
        REFUSED = "refused", _("Không được đổi")
        REPLACED = "replaced", _("Đã thay bằng lần khác")

    stockrecord = models.ForeignKey(
        "partner.StockRecord", on_delete=models.CASCADE, related_name="price_changes"
    )
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=State.choices, default=State.APPLIED
    )
    price_before = models.DecimalField(_("Giá trước"), max_digits=12, decimal_places=0, null=True)
    price = models.DecimalField(_("Giá sau"), max_digits=12, decimal_places=0)
    sale_before = models.DecimalField(
        _("Giá khuyến mại trước"), max_digits=12, decimal_places=0, null=True
    )
    sale_price = models.DecimalField(
        _("Giá khuyến mại sau"), max_digits=12, decimal_places=0, null=True
    )
    sale_starts_at = models.DateTimeField(_("Khuyến mại từ"), null=True)
    sale_ends_at = models.DateTimeField(_("Khuyến mại đến"), null=True)
    reason = models.CharField(_("Vì sao không được"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người xem"),
    )
    decided_at = models.DateTimeField(_("Xem lúc"), null=True, blank=True)

    objects = PriceChangeQuerySet.as_manager()

    class Meta:
        app_label = "partner"
        verbose_name = _("Lần đổi giá")
        verbose_name_plural = _("Lần đổi giá")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["stockrecord"],
                condition=models.Q(state="waiting"),
                name="one_price_waits_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.price_before} → {self.price}"

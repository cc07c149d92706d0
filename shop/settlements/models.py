"""What the shop owes each producer and why, to the đồng: entries, and the payouts that settle them.

The shop sells in its own name and producers supply it (Luật TMĐT 122/2025/QH15: no platform that
holds other people's money): an entry is a line of a supplier's account, not of a wallet.
"""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from shop.payment.models import TransferTarget

NOTHING = Decimal(0)


class EntryQuerySet(models.QuerySet["Entry"]):
    def balance(self) -> Decimal:
        """What the shop owes by these entries, đồng; below nought the producer owes the shop."""
        total: Decimal | None = self.aggregate(total=Sum("amount"))["total"]
        return total or NOTHING

    def of(self, producer: object) -> Self:
        return self.filter(producer=producer)


class Entry(models.Model):
    """One sum, đồng: above nought the shop owes it, below nought the producer does.

    Written once, never changed; `key` keeps one event from being entered twice.
    """

    class Kind(models.TextChoices):
        SUPPLIED = "supplied", _("Hàng đã giao")
        CARRIAGE = "carriage", _("Phí giao hàng trả lại cho bạn")
        FEE = "fee", _("Phần của cửa hàng")
        CASH = "cash", _("Tiền mặt bạn đã thu")
        REFUNDED = "refunded", _("Hoàn cho người mua")
        FEE_BACK = "fee_back", _("Phần của cửa hàng, trả lại")
        BORNE = "borne", _("Cửa hàng chịu thay bạn")
        EXTRA_BACK = "extra_back", _("Hoàn ngoài tiền hàng")
        PAYOUT = "payout", _("Đã chuyển cho bạn")
        PAYOUT_BACK = "payout_back", _("Lần chuyển không thành")
        ADJUSTMENT = "adjustment", _("Điều chỉnh")

    producer = models.ForeignKey(
        "partner.Partner",
        on_delete=models.PROTECT,
        related_name="entries",
        verbose_name=_("Nhà sản xuất"),
    )
    kind = models.CharField(_("Khoản"), max_length=12, choices=Kind.choices)
    amount = models.DecimalField(_("Số tiền, đồng"), max_digits=14, decimal_places=0)
    parcel = models.ForeignKey(
        "order.Parcel",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("Kiện"),
    )
    payout = models.ForeignKey(
        "settlements.Payout",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("Lần chuyển"),
    )
    words = models.CharField(_("Diễn giải"), max_length=300, blank=True)
    key = models.CharField(max_length=80, unique=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("Lúc"), auto_now_add=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        app_label = "settlements"
        verbose_name = _("Khoản tiền hàng")
        verbose_name_plural = _("Khoản tiền hàng")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["producer", "at"], name="entry_by_producer_and_time")]
        constraints = [
            models.CheckConstraint(name="entry_is_something", condition=~Q(amount=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.amount}"


class Payout(TransferTarget):
    """One transfer to one producer. The account is copied: a later change does not touch it."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("Chờ chuyển")
        PAID = "paid", _("Đã chuyển")
        CANCELLED = "cancelled", _("Không chuyển")

    producer = models.ForeignKey(
        "partner.Partner",
        on_delete=models.PROTECT,
        related_name="payouts",
        verbose_name=_("Nhà sản xuất"),
    )
    amount = models.DecimalField(_("Số tiền, đồng"), max_digits=14, decimal_places=0)
    until = models.DateField(_("Tính đến hết ngày"))
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=State.choices, default=State.PREPARED
    )
    reference = models.CharField(_("Mã giao dịch"), max_length=100, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    prepared_at = models.DateTimeField(_("Lập lúc"), auto_now_add=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(_("Xong lúc"), null=True, blank=True)

    class Meta:
        app_label = "settlements"
        verbose_name = _("Lần chuyển tiền hàng")
        verbose_name_plural = _("Lần chuyển tiền hàng")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="payout_amount_positive", condition=Q(amount__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.producer} · {self.amount}"

    @property
    def note(self) -> str:
        """What the bank prints: plain letters, which every bank takes."""
        return f"TIEN HANG DOT {self.pk}"

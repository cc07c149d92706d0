"""Money that came in, and what providers told about it."""

from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.payment.banks import bank_name


class ProviderMessageQuerySet(models.QuerySet["ProviderMessage"]):
    def waiting(self) -> Self:
        return self.filter(
            state=ProviderMessage.State.NEW, attempts__lt=ProviderMessage.MOST_ATTEMPTS
        )


class ProviderMessage(models.Model):
    """One verified message of a provider, as it came. Stored first, applied after, once."""

    class State(models.TextChoices):
        NEW = "new", _("Chưa xử lý")
        APPLIED = "applied", _("Đã xử lý")

    #: Tries before a message is left for a person to look at.
    MOST_ATTEMPTS = 20

    provider = models.CharField(_("Bên gửi"), max_length=30)
    message_id = models.CharField(_("Mã"), max_length=255)
    kind = models.CharField(_("Loại"), max_length=100, blank=True)
    body = models.TextField(_("Nguyên văn"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    outcome = models.CharField(_("Kết quả"), max_length=300, blank=True)
    received_at = models.DateTimeField(_("Nhận lúc"), auto_now_add=True)
    applied_at = models.DateTimeField(_("Xử lý lúc"), null=True, blank=True)

    objects = ProviderMessageQuerySet.as_manager()

    class Meta:
        app_label = "payment"
        verbose_name = _("Tin của bên thanh toán")
        verbose_name_plural = _("Tin của bên thanh toán")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "message_id"], name="provider_message_stored_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["received_at"], condition=Q(state="new"), name="provider_message_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.message_id}"


class MoneyReceived(models.Model):
    """One sum that reached the shop. Applied to an order's payment, or waiting in the queue.

    Unique on (provider, reference): told ten times, it is one sum. Amounts are whole đồng.
    """

    class State(models.TextChoices):
        APPLIED = "applied", _("Đã ghi vào đơn")
        QUEUED = "queued", _("Chờ xử lý")
        RETURNED = "returned", _("Đã trả lại người chuyển")
        NOT_OURS = "not-ours", _("Không phải tiền bán hàng")

    class Reason(models.TextChoices):
        NO_CODE = "no-code", _("Không thấy mã đơn trong nội dung")
        UNKNOWN_CODE = "unknown-code", _("Không có đơn mang mã này")
        SEVERAL_CODES = "several-codes", _("Nội dung có mã của nhiều đơn")
        UNDER = "under", _("Chuyển thiếu")
        OVER = "over", _("Chuyển thừa")
        DUPLICATE = "duplicate", _("Đơn đã được trả tiền trước đó")
        LATE = "late", _("Đơn đã hết hạn hoặc đã hủy")
        CURRENCY = "currency", _("Không phải tiền đồng")
        METHOD = "method", _("Đơn trả bằng cách khác")

    provider = models.CharField(_("Nguồn"), max_length=30)
    reference = models.CharField(_("Mã giao dịch"), max_length=255)
    amount = models.DecimalField(_("Số tiền, đồng"), max_digits=14, decimal_places=0)
    currency = models.CharField(max_length=3, default="VND")
    note = models.CharField(_("Nội dung chuyển khoản"), max_length=500, blank=True)
    account_number = models.CharField(_("Tài khoản nhận"), max_length=40, blank=True)
    booked_at = models.DateTimeField(_("Ngân hàng ghi lúc"))
    message = models.ForeignKey(
        ProviderMessage, on_delete=models.PROTECT, null=True, blank=True, related_name="money"
    )
    payment = models.ForeignKey(
        "payment.Payment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="money",
        verbose_name=_("Khoản thanh toán"),
    )
    state = models.CharField(_("Trạng thái"), max_length=10, choices=State.choices)
    reason = models.CharField(
        _("Vì sao phải xử lý"), max_length=20, choices=Reason.choices, blank=True
    )
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(_("Xử lý lúc"), null=True, blank=True)
    resolution = models.CharField(_("Cách xử lý"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "payment"
        verbose_name = _("Khoản tiền nhận được")
        verbose_name_plural = _("Khoản tiền nhận được")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "reference"], name="money_received_once_each"
            ),
            models.CheckConstraint(name="money_received_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="money_applied_has_payment",
                condition=~Q(state="applied") | Q(payment__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="queued"), name="money_waiting_in_queue")
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.reference}: {self.amount}"


class TransferTarget(models.Model):
    """An account that money can be sent to by NAPAS 247: bank, number, holder."""

    bank_bin = models.CharField(
        _("Mã ngân hàng (BIN)"),
        max_length=6,
        validators=[RegexValidator(r"^\d{6}$", _("BIN là sáu chữ số."))],
    )
    number = models.CharField(
        _("Số tài khoản"),
        max_length=19,
        validators=[
            RegexValidator(
                r"^[0-9A-Za-z]{1,19}$", _("Chỉ chữ không dấu và số, không dấu cách, đến 19 ký tự.")
            )
        ],
    )
    holder = models.CharField(_("Tên chủ tài khoản"), max_length=100)

    class Meta:
        abstract = True

    @property
    def bank(self) -> str:
        """The bank's short name."""
        return bank_name(self.bank_bin)


class BankAccount(TransferTarget):
    """Where transfers go. Orders keep a copy: changing it concerns new orders only."""

    is_active = models.BooleanField(_("Đang nhận tiền"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "payment"
        verbose_name = _("Tài khoản nhận tiền")
        verbose_name_plural = _("Tài khoản nhận tiền")
        ordering = ["-is_active", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"], condition=Q(is_active=True), name="one_active_bank_account"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.holder}"


class RefundAccount(TransferTarget):
    """Where a buyer wants money sent that did not come by a way which sends it back itself."""

    payment = models.OneToOneField(
        "payment.Payment",
        on_delete=models.CASCADE,
        related_name="refund_account",
        verbose_name=_("Khoản thanh toán"),
    )
    named_at = models.DateTimeField(_("Cho biết lúc"), auto_now=True)

    class Meta:
        app_label = "payment"
        verbose_name = _("Tài khoản nhận hoàn tiền")
        verbose_name_plural = _("Tài khoản nhận hoàn tiền")

    def __str__(self) -> str:
        return f"{self.number} · {self.holder}"


class StatementMapping(models.Model):
    """Which column of a bank's statement is what, remembered by the header it has."""

    signature = models.CharField(max_length=64, unique=True)
    columns = models.JSONField(default=dict)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "payment"
        verbose_name = _("Cách đọc sao kê")
        verbose_name_plural = _("Cách đọc sao kê")

    def __str__(self) -> str:
        return self.signature[:12]

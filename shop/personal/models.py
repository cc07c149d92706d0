"""Consents, files with somebody's data, and what was erased. Each is a record of an act."""

import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from shop.private_files import private_storage


def hash_of(email: str) -> str:
    """What stands for an address once it may not be kept: the same for the same address."""
    return salted_hmac("shop.personal.email", email.strip().lower(), algorithm="sha256").hexdigest()


class ConsentQuerySet(models.QuerySet["Consent"]):
    def counted(self) -> Self:
        """Without the yes of a sign-up whose address nobody proved: who knows who typed it."""
        return self.exclude(
            granted=True,
            source=Consent.Source.SIGN_UP,
            user__email_verified_at__isnull=True,
        )


class Consent(models.Model):
    """One answer to one question: yes, or no longer. Written once; the latest one holds.

    `words` is the sentence that was agreed to, so that it can be shown as it was. `email` is
    emptied when its owner is erased; the hash stays as the proof (Luật 91/2025/QH15).
    """

    class Source(models.TextChoices):
        CHECKOUT = "checkout", _("Trang thanh toán")
        SIGN_UP = "sign-up", _("Trang đăng ký")
        ACCOUNT = "account", _("Trang tài khoản")
        LINK = "link", _("Đường dẫn trong thư")
        STAFF = "staff", _("Nhân viên, theo yêu cầu")
        ERASURE = "erasure", _("Xóa dữ liệu")

    purpose = models.CharField(_("Mục đích"), max_length=30)
    granted = models.BooleanField(_("Đồng ý"))
    email = models.EmailField(_("Email"), blank=True)
    email_hash = models.CharField(max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="consents",
        verbose_name=_("Tài khoản"),
    )
    words = models.TextField(_("Lời hỏi"))
    words_version = models.CharField(_("Bản lời hỏi"), max_length=20)
    language = models.CharField(
        _("Ngôn ngữ"), max_length=5, choices=settings.LANGUAGES, default="vi"
    )
    source = models.CharField(_("Từ đâu"), max_length=10, choices=Source.choices)
    at = models.DateTimeField(_("Lúc"), auto_now_add=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Lời đồng ý")
        verbose_name_plural = _("Lời đồng ý")
        ordering = ["-pk"]
        permissions = [("take_addresses", "Can take the addresses that agreed to letters")]
        indexes = [models.Index(fields=["email_hash", "purpose", "-id"], name="consent_latest")]

    def __str__(self) -> str:
        return f"{self.purpose}: {'+' if self.granted else '-'}"


def _place_of_export(export: "DataExport", name: str) -> str:
    return f"personal/{secrets.token_hex(16)}/{name}"


class DataExportQuerySet(models.QuerySet["DataExport"]):
    def ready(self) -> Self:
        """Made, and not yet taken away."""
        return self.filter(state=DataExport.State.READY, expires_at__gt=timezone.now())


class DataExport(models.Model):
    """All that the shop holds about one account, as one file for its owner."""

    class State(models.TextChoices):
        ASKED = "asked", _("Đang gom")
        READY = "ready", _("Tải được")
        FAILED = "failed", _("Chưa gom được")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="data_exports",
        verbose_name=_("Tài khoản"),
    )
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=State.choices, default=State.ASKED
    )
    file = models.FileField(
        _("Tệp"), upload_to=_place_of_export, storage=private_storage, max_length=250, blank=True
    )
    asked_at = models.DateTimeField(_("Yêu cầu lúc"), auto_now_add=True)
    ready_at = models.DateTimeField(_("Xong lúc"), null=True, blank=True)
    expires_at = models.DateTimeField(_("Giữ đến"), null=True, blank=True)
    downloaded_at = models.DateTimeField(_("Tải lúc"), null=True, blank=True)

    objects = DataExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("Tệp dữ liệu của tôi")
        verbose_name_plural = _("Tệp dữ liệu của tôi")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state="asked"), name="one_data_export_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.state}"


class Erasure(models.Model):
    """That somebody was erased, when and by whom: who it was is only a hash."""

    class By(models.TextChoices):
        OWNER = "owner", _("Chủ tài khoản")
        STAFF = "staff", _("Nhân viên, theo yêu cầu")

    email_hash = models.CharField(max_length=64, db_index=True)
    by = models.CharField(_("Ai yêu cầu"), max_length=10, choices=By.choices)
    #: Room → rows that went at once.
    counts = models.JSONField(_("Đã xóa"), default=dict)
    orders_kept = models.PositiveIntegerField(_("Đơn còn giữ theo luật"), default=0)
    at = models.DateTimeField(_("Lúc"), auto_now_add=True)

    class Meta:
        verbose_name = _("Lần xóa dữ liệu")
        verbose_name_plural = _("Lần xóa dữ liệu")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y} · {self.email_hash[:8]}"


class AnonymousOrder(models.Model):
    """An order whose terms have ended: who bought and who got it is no longer known.

    `invoice_at` is later where an e-invoice was asked for; it has a longer term.
    """

    order = models.OneToOneField(
        "order.Order",
        on_delete=models.CASCADE,
        related_name="anonymous",
        verbose_name=_("Đơn hàng"),
    )
    at = models.DateTimeField(_("Lúc"), auto_now_add=True)
    invoice_at = models.DateTimeField(_("Yêu cầu hóa đơn lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("Đơn đã ẩn danh")
        verbose_name_plural = _("Đơn đã ẩn danh")

    def __str__(self) -> str:
        return str(self.order_id)

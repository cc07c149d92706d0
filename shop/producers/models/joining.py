"""Applications of those who want to sell here, with their papers."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.partner.models import Partner
from shop.payment.models import TransferTarget
from shop.private_files import private_storage

#: Kinds of owner that an applicant may be (QĐ 26/2026/QĐ-TTg); "unknown" is for old records.
KINDS = [choice for choice in Partner.Kind.choices if choice[0] != Partner.Kind.UNKNOWN]


class Application(TransferTarget):
    """What a would-be producer says of itself, and what the shop's staff answered."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Đang viết")
        WAITING = "waiting", _("Chờ duyệt")
        RETURNED = "returned", _("Cần sửa")
        APPROVED = "approved", _("Đã duyệt")
        WITHDRAWN = "withdrawn", _("Đã rút")

    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="producer_applications",
        verbose_name=_("Người nộp"),
    )
    status = models.CharField(
        _("Trạng thái"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    kind = models.CharField(_("Loại chủ thể"), max_length=20, choices=KINDS)
    name = models.CharField(_("Tên nhà sản xuất"), max_length=128)
    representative = models.CharField(_("Người đại diện"), max_length=150)
    tax_code = models.CharField(_("Mã số thuế"), max_length=14, blank=True)
    registration_number = models.CharField(_("Số đăng ký kinh doanh"), max_length=50, blank=True)
    phone = models.CharField(_("Điện thoại"), max_length=16)
    ward = models.ForeignKey(
        "places.Ward", on_delete=models.PROTECT, related_name="+", verbose_name=_("Xã, phường")
    )
    hamlet = models.CharField(_("Thôn, xóm, số nhà"), max_length=150)
    goods = models.TextField(_("Bạn làm ra gì"), max_length=1000)
    returned_because = models.TextField(_("Cần sửa gì"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người duyệt"),
    )
    decided_at = models.DateTimeField(_("Duyệt lúc"), null=True, blank=True)
    producer = models.ForeignKey(
        "partner.Partner",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Nhà sản xuất"),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    handed_in_at = models.DateTimeField(_("Nộp lúc"), null=True, blank=True)

    class Meta:
        app_label = "producers"
        verbose_name = _("Đơn vào kênh sản xuất")
        verbose_name_plural = _("Đơn vào kênh sản xuất")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant"],
                condition=Q(status__in=("draft", "waiting", "returned")),
                name="one_open_application_each",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_editable(self) -> bool:
        """The applicant may change it: not while staff read it, nor once it is decided."""
        return self.status in (self.Status.DRAFT, self.Status.RETURNED)

    @property
    def version(self) -> str:
        """Changes when it is handed in again: staff decide on what they read."""
        return self.handed_in_at.isoformat() if self.handed_in_at else ""


def _place_of_paper(paper: "ApplicationPaper", name: str) -> str:
    return f"applications/{paper.application_id}/{name}"


class ApplicationPaper(models.Model):
    """One scan handed in with an application; read by its applicant and by staff only."""

    class Kind(models.TextChoices):
        REGISTRATION = "registration", _("Đăng ký kinh doanh, quyết định thành lập")
        FOOD_SAFETY = "food_safety", _("Giấy an toàn thực phẩm")
        DECLARATION = "declaration", _("Bản tự công bố, phiếu kiểm nghiệm")
        OCOP = "ocop", _("Quyết định, chứng nhận OCOP")
        OTHER = "other", _("Giấy khác")

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="papers", verbose_name=_("Đơn")
    )
    kind = models.CharField(_("Loại giấy"), max_length=20, choices=Kind.choices)
    file = models.FileField(
        _("Tệp"), upload_to=_place_of_paper, storage=private_storage, max_length=250
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "producers"
        verbose_name = _("Giấy kèm đơn")
        verbose_name_plural = _("Giấy kèm đơn")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_kind_display()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """The file goes with its row."""
        storage, name = self.file.storage, self.file.name
        done = super().delete(*args, **kwargs)
        if name:
            storage.delete(name)
        return done

    def get_absolute_url(self) -> str:
        return reverse("producers:application-paper", args=[self.pk])

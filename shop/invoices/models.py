"""Who wants an invoice for which order, in the words of that moment, and what became of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class InvoiceRequestQuerySet(models.QuerySet["InvoiceRequest"]):
    def waiting(self) -> Self:
        """Still to be issued, for an order that stands."""
        return self.filter(status=InvoiceRequest.Status.REQUESTED).exclude(
            order__status="cancelled"
        )


class InvoiceRequest(models.Model):
    """One order's request for an invoice (NĐ 254/2026/NĐ-CP), frozen with the order.

    The shop issues the invoice with its own e-invoice provider and writes number and day here.
    The buyer's four facts never change: `shop.invoices.handling` alone writes, and only the rest.
    """

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Chờ xuất")
        ISSUED = "issued", _("Đã xuất")
        DECLINED = "declined", _("Không xuất được")

    order = models.OneToOneField(
        "order.Order",
        on_delete=models.PROTECT,
        related_name="invoice_request",
        verbose_name=_("Đơn hàng"),
    )
    company_name = models.CharField(_("Tên đơn vị hoặc người mua"), max_length=255)
    tax_code = models.CharField(_("Mã số thuế"), max_length=14)
    address = models.CharField(_("Địa chỉ"), max_length=300)
    email = models.EmailField(_("Email nhận hóa đơn"))
    status = models.CharField(
        _("Trạng thái"), max_length=10, choices=Status.choices, default=Status.REQUESTED
    )
    number = models.CharField(_("Ký hiệu và số hóa đơn"), max_length=60, blank=True)
    issued_on = models.DateField(_("Ngày lập hóa đơn"), null=True, blank=True)
    note = models.CharField(_("Lý do không xuất"), max_length=300, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người xử lý"),
    )
    handled_at = models.DateTimeField(_("Xử lý lúc"), null=True, blank=True)
    created_at = models.DateTimeField(_("Yêu cầu lúc"), auto_now_add=True)

    objects = InvoiceRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("Yêu cầu xuất hóa đơn")
        verbose_name_plural = _("Yêu cầu xuất hóa đơn")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["status", "-id"], name="invoice_requests_by_status")]
        constraints = [
            models.CheckConstraint(
                name="invoice_issued_has_number_and_day",
                condition=~Q(status="issued") | (~Q(number="") & Q(issued_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="invoice_declined_says_why", condition=~Q(status="declined") | ~Q(note="")
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="invoice_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tax_code} · {self.get_status_display()}"


class TaxProfile(models.Model):
    """Whom a member's invoices are for, kept for the next order. Checkout copies from it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="tax_profiles",
        verbose_name=_("Tài khoản"),
    )
    company_name = models.CharField(_("Tên đơn vị hoặc người mua"), max_length=255)
    tax_code = models.CharField(_("Mã số thuế"), max_length=14)
    address = models.CharField(_("Địa chỉ trên hóa đơn"), max_length=300)
    email = models.EmailField(_("Email nhận hóa đơn"), blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("Thông tin xuất hóa đơn")
        verbose_name_plural = _("Thông tin xuất hóa đơn")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "tax_code"], name="tax_profile_once_a_user")
        ]

    def __str__(self) -> str:
        return f"{self.tax_code} · {self.company_name}"

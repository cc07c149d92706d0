"""What a company asked for, where it goes, and what staff quoted for it."""

import secrets
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.payment.parts import split
from shop.phone import display_phone
from shop.private_files import private_storage

NOTHING = Decimal(0)
#: Most recipients whose parcels one order holds; longer lists are divided by hand.
MOST_RECIPIENTS = 300


def new_token() -> str:
    """An address that nobody guesses: whoever has the link may read the quote and accept it."""
    return secrets.token_urlsafe(24)


def _place_of_file(request: "QuoteRequest", name: str) -> str:
    return f"corporate/{secrets.token_hex(8)}/{name}"


class QuoteRequestQuerySet(models.QuerySet["QuoteRequest"]):
    def waiting(self) -> Self:
        """Those that nobody has quoted for yet."""
        return self.filter(state=QuoteRequest.State.NEW)


class QuoteRequest(models.Model):
    """A company's wish, as it was typed. The address is where goods go, or the company itself."""

    class State(models.TextChoices):
        NEW = "new", _("Mới")
        QUOTED = "quoted", _("Đã gửi báo giá")
        ACCEPTED = "accepted", _("Đã chấp nhận")
        DECLINED = "declined", _("Đã từ chối")
        CLOSED = "closed", _("Đã đóng")

    class Delivery(models.TextChoices):
        ONE = "one", _("Giao về một nơi, địa chỉ trên")
        LIST = "list", _("Giao theo danh sách người nhận")

    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=State.choices, default=State.NEW
    )
    company = models.CharField(_("Tên đơn vị"), max_length=255)
    tax_code = models.CharField(_("Mã số thuế"), max_length=14, blank=True)
    contact = models.CharField(_("Người liên hệ"), max_length=150)
    phone = models.CharField(_("Số điện thoại"), max_length=20)
    email = models.EmailField(_("Email"))
    ward = models.ForeignKey("places.Ward", on_delete=models.PROTECT, verbose_name=_("Xã / phường"))
    street = models.CharField(_("Số nhà, tên đường, thôn xóm"), max_length=200)
    budget = models.DecimalField(
        _("Ngân sách mỗi hộp, đồng"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    needed_on = models.DateField(_("Cần nhận trước ngày"), null=True, blank=True)
    logo = models.FileField(
        _("Logo"), upload_to=_place_of_file, storage=private_storage, max_length=250, blank=True
    )
    delivery = models.CharField(
        _("Giao hàng"), max_length=5, choices=Delivery.choices, default=Delivery.ONE
    )
    address_file = models.FileField(
        _("Danh sách người nhận"),
        upload_to=_place_of_file,
        storage=private_storage,
        max_length=250,
        blank=True,
    )
    invoice_wanted = models.BooleanField(_("Cần hóa đơn"), default=False)
    invoice_address = models.CharField(_("Địa chỉ trên hóa đơn"), max_length=300, blank=True)
    invoice_email = models.EmailField(_("Email nhận hóa đơn"), blank=True)
    note = models.TextField(_("Lời nhắn"), max_length=2000, blank=True)
    language = models.CharField(
        _("Ngôn ngữ"), max_length=5, choices=settings.LANGUAGES, default="vi"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Tài khoản"),
    )
    created_at = models.DateTimeField(_("Gửi lúc"), auto_now_add=True)

    objects = QuoteRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("Yêu cầu báo giá")
        verbose_name_plural = _("Yêu cầu báo giá")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "-id"], name="quote_requests_by_state")]

    def __str__(self) -> str:
        return f"{self.company} · {self.get_state_display()}"

    @property
    def phone_text(self) -> str:
        return display_phone(self.phone)

    @property
    def pieces(self) -> int:
        """How many boxes were asked for. Reads them, prefetched or not."""
        return sum(box.quantity for box in self.wanted.all())

    @property
    def place_lines(self) -> list[str]:
        """Where it is, as an envelope says it. Reads the ward with its province."""
        return [self.street, self.ward.full_name, self.ward.province.full_name]


class WantedBox(models.Model):
    """So many of one box, as the company asked."""

    request = models.ForeignKey(QuoteRequest, on_delete=models.CASCADE, related_name="wanted")
    product = models.ForeignKey(
        "catalogue.Product", on_delete=models.PROTECT, related_name="+", verbose_name=_("Hộp quà")
    )
    quantity = models.PositiveIntegerField(_("Số lượng"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("Hộp cần mua")
        verbose_name_plural = _("Hộp cần mua")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="wanted_box_at_least_one", condition=Q(quantity__gte=1))
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product_id}"


class ListedRecipient(models.Model):
    """One row of a company's list of addresses, read and checked."""

    request = models.ForeignKey(QuoteRequest, on_delete=models.CASCADE, related_name="recipients")
    row = models.PositiveIntegerField(_("Dòng"))
    name = models.CharField(_("Họ và tên"), max_length=150)
    phone = models.CharField(_("Điện thoại"), max_length=20)
    ward = models.ForeignKey("places.Ward", on_delete=models.PROTECT, related_name="+")
    street = models.CharField(_("Địa chỉ"), max_length=200)
    quantity = models.PositiveIntegerField(_("Số hộp"))
    greeting = models.CharField(_("Lời chúc"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("Người nhận trong danh sách")
        verbose_name_plural = _("Người nhận trong danh sách")
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["request", "row"], name="listed_recipient_row_once"),
            models.CheckConstraint(
                name="listed_recipient_at_least_one", condition=Q(quantity__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Quote(models.Model):
    """One version of what the shop offers. A draft is edited; once sent it never changes.

    Only `shop.corporate.{quoting,accepting}` change a row, under a lock on its request. Sums are
    whole đồng, tax included.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang soạn")
        SENT = "sent", _("Đã gửi")
        REPLACED = "replaced", _("Đã thay bằng bản mới")
        ACCEPTED = "accepted", _("Đã chấp nhận")
        DECLINED = "declined", _("Đã từ chối")

    request = models.ForeignKey(
        QuoteRequest, on_delete=models.PROTECT, related_name="quotes", verbose_name=_("Yêu cầu")
    )
    version = models.PositiveSmallIntegerField(_("Bản số"))
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=State.choices, default=State.DRAFT
    )
    valid_until = models.DateField(_("Giá giữ đến hết ngày"))
    logo_fee = models.DecimalField(
        _("In logo, đồng"), max_digits=12, decimal_places=0, default=NOTHING
    )
    delivery = models.DecimalField(
        _("Phí giao hàng, đồng"), max_digits=12, decimal_places=0, default=NOTHING
    )
    discount_reason = models.CharField(_("Vì sao bớt giá"), max_length=300, blank=True)
    deposit_percent = models.PositiveSmallIntegerField(
        _("Đặt cọc, phần trăm"), default=30, validators=[MaxValueValidator(100)]
    )
    rest_due_on = models.DateField(_("Trả phần còn lại trước ngày"), null=True, blank=True)
    lead_days = models.PositiveSmallIntegerField(
        _("Làm xong sau khi nhận cọc, ngày làm việc"), default=0
    )
    words = models.TextField(_("Lời nhắn với khách"), max_length=2000, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("Người soạn"),
    )
    sent_at = models.DateTimeField(_("Gửi lúc"), null=True, blank=True)
    answered_at = models.DateTimeField(_("Trả lời lúc"), null=True, blank=True)
    accepted_by = models.CharField(_("Người chấp nhận"), max_length=150, blank=True)
    declined_words = models.CharField(_("Lý do từ chối"), max_length=500, blank=True)
    order = models.OneToOneField(
        "order.Order",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quote",
        verbose_name=_("Đơn hàng"),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Báo giá")
        verbose_name_plural = _("Báo giá")
        ordering = ["request", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["request", "version"], name="quote_version_once"),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state__in=["sent", "accepted"]),
                name="one_open_quote_a_request",
            ),
            models.CheckConstraint(
                name="quote_sums_not_negative", condition=Q(logo_fee__gte=0, delivery__gte=0)
            ),
            models.CheckConstraint(
                name="quote_deposit_in_bounds", condition=Q(deposit_percent__lte=100)
            ),
            models.CheckConstraint(
                name="quote_accepted_has_order",
                condition=~Q(state="accepted") | Q(order__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.get_state_display()}"

    @property
    def code(self) -> str:
        """`BG-12-2`: the request and the version, for people to speak of; it opens nothing."""
        return f"BG-{self.request_id}-{self.version}"

    def get_absolute_url(self) -> str:
        """The secret link."""
        return reverse("quote:quote", kwargs={"token": self.token})

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def is_over(self, day: date | None = None) -> bool:
        """Past the last day on which it could be accepted."""
        return (day or timezone.localdate()) > self.valid_until

    @property
    def may_be_answered(self) -> bool:
        return self.state == self.State.SENT and not self.is_over()

    @property
    def is_ordered(self) -> bool:
        """Accepted, and its order stands."""
        return self.order is not None and self.order.status != "cancelled"

    @property
    def goods_total(self) -> Decimal:
        """Reads the lines, prefetched or not."""
        return sum((line.total for line in self.lines.all()), NOTHING)

    @property
    def total(self) -> Decimal:
        return self.goods_total + self.logo_fee + self.delivery

    @property
    def deposit(self) -> Decimal:
        return split(self.total, self.deposit_percent)[0]

    @property
    def rest(self) -> Decimal:
        return split(self.total, self.deposit_percent)[1]

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines.all())

    @property
    def goes_by_list(self) -> bool:
        """Whether its order is divided among the company's list: one kind of goods, all given out.

        Otherwise everything goes to the company's address, and staff divide it by hand.
        """
        asked = self.request
        if asked.delivery != QuoteRequest.Delivery.LIST or len(self.lines.all()) != 1:
            return False
        counts = list(asked.recipients.values_list("quantity", flat=True))
        return len(counts) <= MOST_RECIPIENTS and sum(counts) == self.pieces


class QuoteLine(models.Model):
    """So many of one product at the price that was agreed, đồng a piece."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(
        "catalogue.Product", on_delete=models.PROTECT, related_name="+", verbose_name=_("Hàng")
    )
    title = models.CharField(_("Tên hàng"), max_length=255)
    quantity = models.PositiveIntegerField(_("Số lượng"), validators=[MinValueValidator(1)])
    unit_price = models.DecimalField(_("Đơn giá, đồng"), max_digits=12, decimal_places=0)
    list_price = models.DecimalField(
        _("Giá bán lẻ khi báo, đồng"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    note = models.CharField(_("Ghi chú"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Dòng báo giá")
        verbose_name_plural = _("Dòng báo giá")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "product"], name="quote_line_once"),
            models.CheckConstraint(
                name="quote_line_sane", condition=Q(quantity__gte=1, unit_price__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} × {self.quantity}"

    @property
    def total(self) -> Decimal:
        return self.unit_price * self.quantity

    @property
    def is_below_list(self) -> bool:
        return self.list_price is not None and self.unit_price < self.list_price

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises ValueError for a quote that was sent: what was offered is not rewritten."""
        if not self.quote.is_draft:
            raise ValueError("the lines of a quote that was sent are never changed")
        super().save(*args, **kwargs)

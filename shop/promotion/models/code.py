"""A promo code: proposed by a promoter, decided by who answers for the shop's money."""

from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.money import format_dong

#: Most that a sales promotion may take off, percent (NĐ 81/2018/NĐ-CP, art. 7).
MOST_PERCENT = 50


class PromoCode(models.Model):
    """What is asked for; once approved, a voucher of the shop with an offer of its own.

    Money in whole đồng. A code takes something off the goods, never off the delivery, and nothing
    off drinks of 15 % and more (Luật 44/2019/QH14): see `shop.promotion.benefit`.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Chờ duyệt")
        APPROVED = "approved", _("Đã duyệt")
        REFUSED = "refused", _("Không duyệt")

    class Kind(models.TextChoices):
        PERCENT = "percent", _("Phần trăm tiền hàng")
        AMOUNT = "amount", _("Số tiền cố định")

    campaign = models.ForeignKey(
        "promotion.Campaign",
        on_delete=models.PROTECT,
        related_name="codes",
        verbose_name=_("Chiến dịch"),
    )
    code = models.CharField(
        _("Mã"),
        max_length=20,
        unique=True,
        validators=[
            RegexValidator(
                r"\A[A-Z0-9]{4,20}\Z", _("Mã gồm 4 đến 20 chữ cái không dấu và chữ số, viết liền.")
            )
        ],
    )
    kind = models.CharField(_("Giảm theo"), max_length=10, choices=Kind.choices)
    value = models.PositiveIntegerField(
        _("Mức giảm"),
        validators=[MinValueValidator(1)],
        help_text=_("Số phần trăm, hoặc số đồng."),
    )
    most_off = models.PositiveIntegerField(
        _("Giảm nhiều nhất một đơn, đồng"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Chỉ cho mã phần trăm. Để trống: không giới hạn."),
    )
    least_basket = models.PositiveIntegerField(
        _("Cho giỏ hàng từ, đồng"),
        default=0,
        help_text=_("Tính trên món được giảm giá: không tính rượu từ 15 độ."),
    )
    most_uses = models.PositiveIntegerField(
        _("Số lượt dùng nhiều nhất"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Đơn bị hủy không tính. Để trống: không giới hạn."),
    )
    once_per_customer = models.BooleanField(
        _("Mỗi người một lần"), default=False, help_text=_("Người mua phải đăng nhập.")
    )
    starts_on = models.DateField(_("Từ ngày"), default=timezone.localdate)
    ends_on = models.DateField(_("Đến hết ngày"))
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=State.choices, default=State.PROPOSED
    )
    reason = models.CharField(_("Lý do không duyệt"), max_length=300, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(_("Đề nghị lúc"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("Quyết định lúc"), null=True)
    voucher = models.OneToOneField(
        "voucher.Voucher", on_delete=models.PROTECT, null=True, related_name="promo_code"
    )
    offer = models.OneToOneField(
        "offer.ConditionalOffer", on_delete=models.PROTECT, null=True, related_name="promo_code"
    )

    class Meta:
        app_label = "promotion"
        verbose_name = _("Mã khuyến mại")
        verbose_name_plural = _("Mã khuyến mại")
        ordering = ["-pk"]
        permissions = [("decide_promocode", "Can approve and refuse promo codes")]
        constraints = [
            models.CheckConstraint(name="promo_code_gives_something", condition=Q(value__gte=1)),
            models.CheckConstraint(
                name="promo_code_percent_within_the_law",
                condition=Q(kind="amount") | Q(value__lte=MOST_PERCENT),
            ),
            models.CheckConstraint(
                name="promo_code_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="promo_code_approved_is_a_voucher",
                condition=~Q(state="approved") | Q(voucher__isnull=False, offer__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def terms(self) -> str:
        """What it gives, in words: `giảm 10 %, nhiều nhất 50.000 ₫ một đơn, …`."""
        return ", ".join(str(part) for part in self._parts() if part)

    def _parts(self) -> list[Any]:
        if self.kind == self.Kind.PERCENT:
            gives = _("giảm %(n)s %%") % {"n": self.value}
        else:
            gives = _("giảm %(sum)s") % {"sum": format_dong(self.value)}
        return [
            gives,
            self.most_off and _("nhiều nhất %(sum)s một đơn") % {"sum": format_dong(self.most_off)},
            self.least_basket and _("cho giỏ từ %(sum)s") % {"sum": format_dong(self.least_basket)},
            self.most_uses and _("%(n)s lượt") % {"n": self.most_uses},
            self.once_per_customer and _("mỗi người một lần"),
        ]

    @property
    def is_over(self) -> bool:
        """Approved, and past its last moment: by the calendar, or stopped before."""
        return self.voucher is not None and self.voucher.end_datetime < timezone.now()

"""The order: known by a number that nobody guesses, opened by a secret link."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.abstract_models import AbstractOrder


class Order(AbstractOrder):
    """An order of one buyer, at the prices and words of its moment.

    `placement_key` is the checkout form's own key: the same form sent twice writes one order.
    """

    language = models.CharField(
        _("Ngôn ngữ"), max_length=5, choices=settings.LANGUAGES, default="vi"
    )
    placement_key = models.CharField(max_length=40, null=True, blank=True, unique=True)
    payment_method = models.CharField(_("Cách trả tiền"), max_length=30, blank=True)
    paid_at = models.DateTimeField(_("Trả tiền lúc"), null=True, blank=True)
    buyer_note = models.CharField(_("Lời nhắn của người mua"), max_length=500, blank=True)
    buyer_phone = models.CharField(
        _("Điện thoại của người tặng"),
        max_length=16,
        blank=True,
        help_text=_("Của người mua, khi người nhận là người khác."),
    )
    age_confirmed_at = models.DateTimeField(
        _("Xác nhận đủ 18 tuổi lúc"),
        null=True,
        blank=True,
        help_text=_("Người mua xác nhận mình và người nhận đủ 18 tuổi (Luật 44/2019/QH14)."),
    )

    class Meta(AbstractOrder.Meta):
        verbose_name = _("Đơn hàng")
        verbose_name_plural = _("Đơn hàng")
        indexes = [
            models.Index(Lower("guest_email"), name="order_by_guest_email"),
            models.Index(fields=["status", "-date_placed"], name="order_by_status"),
        ]
        constraints = [
            models.CheckConstraint(
                name="order_totals_not_negative",
                condition=Q(total_incl_tax__gte=0, shipping_incl_tax__gte=0),
            )
        ]

    @property
    def access_key(self) -> str:
        """The secret of the order's link; the number alone, printed on parcels, opens nothing."""
        return salted_hmac("shop.order.access", str(self.number)).hexdigest()[:24]

    def opens_with(self, key: str) -> bool:
        return constant_time_compare(key, self.access_key)

    def get_absolute_url(self) -> str:
        """The secret link."""
        url = reverse("order:detail", kwargs={"number": self.number})
        return f"{url}?k={self.access_key}"

    def may_be_seen_by(self, user: Any) -> bool:
        """Its buyer, signed in. Everybody else needs the secret link."""
        return bool(user.is_authenticated and self.user_id == user.pk)

    @property
    def contact_email(self) -> str:
        return self.guest_email or (self.user.email if self.user_id else "")

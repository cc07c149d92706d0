"""Several recipients of one basket, before it is an order (then: `order.Recipient`)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from shop.address.fields import VietnameseAddressMixin
from shop.order.models.recipient import GREETING_LENGTH


class GiftRecipient(VietnameseAddressMixin):
    """One person who gets a part of a basket, with a greeting of their own."""

    basket = models.ForeignKey(
        "basket.Basket",
        on_delete=models.CASCADE,
        related_name="recipients",
        verbose_name=_("Giỏ hàng"),
    )
    first_name = models.CharField(_("Họ và tên"), max_length=150)
    phone_number = PhoneNumberField(_("Số điện thoại"))
    line1 = models.CharField(_("Số nhà, tên đường, thôn xóm"), max_length=200)
    line3 = models.CharField(_("Xã, phường"), max_length=200)
    line4 = models.CharField(_("Tỉnh, thành phố"), max_length=200)
    greeting = models.TextField(_("Lời chúc riêng"), max_length=GREETING_LENGTH, blank=True)

    class Meta:
        verbose_name = _("Người nhận")
        verbose_name_plural = _("Người nhận")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.first_name


class GiftShare(models.Model):
    """How many of one basket line one recipient gets."""

    recipient = models.ForeignKey(GiftRecipient, on_delete=models.CASCADE, related_name="shares")
    line = models.ForeignKey("basket.Line", on_delete=models.CASCADE, related_name="shares")
    quantity = models.PositiveIntegerField(_("Số lượng"))

    class Meta:
        verbose_name = _("Phần của người nhận")
        verbose_name_plural = _("Phần của người nhận")
        constraints = [
            models.UniqueConstraint(fields=["recipient", "line"], name="gift_share_once"),
            models.CheckConstraint(name="gift_share_at_least_one", condition=Q(quantity__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.recipient} · {self.quantity}"

"""Discount codes: why one cannot be used, in words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from oscar.apps.basket.signals import voucher_addition, voucher_removal
from oscar.core.loading import get_model

from catalogue.money import format_dong
from shop.basket.models import Basket
from shop.checkout.quote import price_anew

Voucher = get_model("voucher", "Voucher")
CODE_LENGTH = 128


def add_voucher(basket: Basket, typed: str, user: Any) -> Any:
    """Put the voucher with this code into the basket. Raises ValidationError saying why not."""
    code = typed.replace("\x00", "").strip().upper()[:CODE_LENGTH]
    if not code:
        raise ValidationError(_("Hãy nhập mã giảm giá."))
    voucher = Voucher.objects.filter(code=code).first()
    if voucher is None:
        raise ValidationError(_("Không có mã “%(code)s”. Hãy xem lại từng chữ.") % {"code": code})
    refuse_unusable(voucher, user)
    if basket.is_empty:
        raise ValidationError(_("Giỏ hàng đang trống."))
    if basket.vouchers.filter(pk=voucher.pk).exists():
        raise ValidationError(_("Mã này đã có trong giỏ."))
    basket.vouchers.add(voucher)
    price_anew(basket, user)
    if not any(each["voucher"] == voucher for each in basket.offer_applications):
        basket.vouchers.remove(voucher)
        price_anew(basket, user)
        raise ValidationError(_reason_without_discount(basket, voucher))
    voucher_addition.send(sender=None, basket=basket, voucher=voucher)
    return voucher


def remove_voucher(basket: Basket, pk: int, user: Any) -> Any | None:
    """Take a voucher out of the basket; None when it was not in it."""
    voucher = basket.vouchers.filter(pk=pk).first() if basket.pk else None
    if voucher is not None:
        basket.vouchers.remove(voucher)
        voucher_removal.send(sender=None, basket=basket, voucher=voucher)
        price_anew(basket, user)
    return voucher


def refuse_unusable(voucher: Any, user: Any) -> None:
    """Raises ValidationError when the voucher cannot be used now by this person."""
    now = timezone.now()
    facts = {"code": voucher.code}
    if voucher.end_datetime < now:
        facts["day"] = _day(voucher.end_datetime)
        raise ValidationError(_("Mã “%(code)s” đã hết hạn ngày %(day)s.") % facts)
    if voucher.start_datetime > now:
        facts["day"] = _day(voucher.start_datetime)
        raise ValidationError(_("Mã “%(code)s” dùng được từ ngày %(day)s.") % facts)
    if voucher.usage == Voucher.SINGLE_USE and voucher.applications.exists():
        raise ValidationError(_("Mã “%(code)s” đã được dùng rồi.") % facts)
    if voucher.usage == Voucher.ONCE_PER_CUSTOMER:
        if not user.is_authenticated:
            raise ValidationError(_("Mã “%(code)s” cần đăng nhập mới dùng được.") % facts)
        if voucher.applications.filter(user=user).exists():
            raise ValidationError(_("Bạn đã dùng mã “%(code)s” rồi.") % facts)
    offers = list(voucher.offers.all())
    if offers and not any(offer.get_max_applications() for offer in offers):
        raise ValidationError(_("Mã “%(code)s” đã hết lượt dùng.") % facts)


def _reason_without_discount(basket: Basket, voucher: Any) -> str:
    lines = basket.all_lines()
    if lines and all(line.is_unpromotable for line in lines):
        return _("Mã giảm giá không dùng cho rượu từ 15 độ (Luật 44/2019/QH14).")
    code = getattr(voucher, "promo_code", None)
    if code is not None and code.least_basket:
        return _("Mã này dùng cho giỏ hàng từ %(sum)s, không tính rượu từ 15 độ.") % {
            "sum": format_dong(code.least_basket)
        }
    return _("Giỏ hàng này chưa đủ điều kiện dùng mã.")


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")

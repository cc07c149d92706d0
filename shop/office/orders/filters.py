"""How staff look for orders: the filters of the list, one query whatever is asked."""

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.lookup.folding import fold
from shop.days import DayField
from shop.dong import DongField
from shop.office.forms import SearchForm
from shop.order.models import (
    AddressChange,
    Line,
    Order,
    OrderMessage,
    Parcel,
    Recipient,
    ShippingAddress,
)
from shop.partner.models import Partner
from shop.payment.models import Payment
from shop.payment.registry import all_methods
from shop.places.choices import province_choices
from shop.places.models import Ward
from shop.returns.models import ReturnRequest
from shop.templatetags.shop_tags import ORDER_STATUSES

#: What a parcel's code has behind its order's number.
_PARCEL = re.compile(r"/\d{1,3}$")
ANY = ("", _("Tất cả"))
#: More wards of one name than the country has.
MOST_WARDS = 60
#: What a column of sums holds, đồng.
MOST_DONG = 999_999_999_999
DIGITS = forms.TextInput(attrs={"inputmode": "numeric"})

CONTAINS = {
    "lanh": _("Có hàng lạnh"),
    "ruou": _("Có đồ uống có cồn"),
    "qua": _("Là quà tặng"),
    "hoi": _("Có câu hỏi chưa trả lời"),
    "tra-hang": _("Có yêu cầu trả hàng đang mở"),
    "doi-dia-chi": _("Xin đổi địa chỉ"),
    "tre": _("Có kiện trễ hẹn"),
}


def _methods() -> list[tuple[str, Any]]:
    return [ANY, *((method.code, method.label) for method in all_methods())]


def _producers() -> list[tuple[Any, str]]:
    rows = Partner.objects.order_by("name").values_list("pk", "name")
    return [ANY, *rows]


def _provinces() -> list[tuple[str, Any]]:
    return [ANY, *province_choices()]


class OrderFilter(SearchForm):
    """Every filter may stay open; one that cannot be read is left out."""

    q = forms.CharField(
        label=_("Mã đơn, điện thoại, email hoặc tên"), required=False, max_length=100
    )
    trang_thai = forms.ChoiceField(
        label=_("Trạng thái"), required=False, choices=[ANY, *ORDER_STATUSES.items()]
    )
    tien = forms.ChoiceField(label=_("Tiền"), required=False, choices=[ANY, *Payment.State.choices])
    cach_tra = forms.ChoiceField(label=_("Cách trả tiền"), required=False, choices=_methods)
    nha = forms.TypedChoiceField(
        label=_("Nhà sản xuất"), required=False, choices=_producers, coerce=int, empty_value=None
    )
    tinh = forms.ChoiceField(label=_("Giao đến tỉnh"), required=False, choices=_provinces)
    xa = forms.CharField(
        label=_("Giao đến xã, phường (tên mới hay cũ)"), required=False, max_length=60
    )
    tu = DayField(label=_("Đặt từ ngày"), required=False)
    den = DayField(label=_("Đến ngày"), required=False)
    it_nhat = DongField(
        label=_("Từ số tiền, đồng"), required=False, min_value=0, max_value=MOST_DONG, widget=DIGITS
    )
    nhieu_nhat = DongField(
        label=_("Đến số tiền, đồng"),
        required=False,
        min_value=0,
        max_value=MOST_DONG,
        widget=DIGITS,
    )
    co = forms.MultipleChoiceField(
        label=_("Chỉ đơn"),
        required=False,
        choices=CONTAINS.items(),
        widget=forms.CheckboxSelectMultiple,
    )

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked beside words, read or not: the filters stay open then."""
        return bool(self.errors) or any(
            value for name, value in self.cleaned_data.items() if name != "q"
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for least, most, words in (
            ("tu", "den", _("Ngày này trước ngày bắt đầu.")),
            ("it_nhat", "nhieu_nhat", _("Số này nhỏ hơn số bắt đầu.")),
        ):
            first, last = data.get(least), data.get(most)
            if first is not None and last is not None and last < first:
                self.add_error(most, words)
        return data

    def found(self) -> Any:
        """The orders that fit, newest first."""
        self.is_valid()
        asked: dict[str, Any] = getattr(self, "cleaned_data", {})
        rows = Order.objects.order_by("-date_placed", "-pk")
        equal = {
            "status": asked.get("trang_thai"),
            "payment__state": asked.get("tien"),
            "payment_method": asked.get("cach_tra"),
            "shipping_address__province_code": asked.get("tinh"),
            "date_placed__gte": _moment(asked.get("tu"), time.min),
            "date_placed__lte": _moment(asked.get("den"), time.max),
            "total_incl_tax__gte": asked.get("it_nhat"),
            "total_incl_tax__lte": asked.get("nhieu_nhat"),
        }
        rows = rows.filter(
            **{key: value for key, value in equal.items() if value not in ("", None)}
        )
        if producer := asked.get("nha"):
            rows = rows.filter(Exists(_of(Parcel).filter(producer=producer)))
        if ward := asked.get("xa"):
            codes = list(Ward.objects.search(ward).values_list("code", flat=True)[:MOST_WARDS])
            rows = rows.filter(shipping_address__ward_code__in=codes)
        for what in asked.get("co") or ():
            rows = rows.filter(CONDITIONS[what]())
        if words := _PARCEL.sub("", asked.get("q", "").strip()):
            rows = rows.filter(_said(words))
        return rows


def _of(model: Any) -> Any:
    return model._default_manager.filter(order=OuterRef("pk"))


#: What each of `CONTAINS` asks.
CONDITIONS = {
    "lanh": lambda: Exists(_of(Parcel).filter(is_chilled=True)),
    "ruou": lambda: Exists(_of(Line).filter(is_alcohol=True)),
    "qua": lambda: Exists(_of(Recipient)),
    "hoi": lambda: Exists(_of(OrderMessage).unanswered()),
    "tra-hang": lambda: Exists(_of(ReturnRequest).filter(state__in=ReturnRequest.OPEN)),
    "doi-dia-chi": lambda: Exists(_of(AddressChange).filter(state=AddressChange.State.ASKED)),
    "tre": lambda: Exists(
        _of(Parcel).filter(
            status__in=("new", "packing", "shipped"), promised_to__lt=timezone.localdate()
        )
    ),
}


def _said(words: str) -> Q:
    """A number, a phone, an email or a name; names without marks, of buyers and recipients."""
    digits = "".join(filter(str.isdigit, words))
    found = Q(number__istartswith=words)
    if len(digits) >= 6 and len(digits) >= len(words.replace(" ", "")) - 2:
        tail = digits.removeprefix("84").lstrip("0")
        found |= Q(shipping_address__phone_number__contains=tail) | Q(buyer_phone__contains=tail)
    if "@" in words:
        found |= Q(guest_email__iexact=words) | Q(user__email__iexact=words)
        return found
    names = ShippingAddress.objects.all()
    for word in fold(words).split():
        names = names.filter(search_text__contains=word)
    found |= Q(shipping_address__in=names.values("pk"))
    return found | Q(Exists(_of(Recipient).filter(address__in=names.values("pk"))))


def _moment(day: Any, moment: time) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, moment)) if day else None

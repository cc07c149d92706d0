"""The one form of checkout: who, where, how it comes, how it is paid."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.address.forms import VietnameseAddressFormMixin
from shop.checkout.quote import Wishes
from shop.giving.forms import GiftFieldsMixin
from shop.invoices.fields import InvoiceFieldsMixin
from shop.personal.fields import ConsentFieldsMixin
from shop.phone import normalise_phone

EMAIL_LENGTH = 254
NOTE_LENGTH = 500


class CheckoutForm(
    ConsentFieldsMixin, GiftFieldsMixin, InvoiceFieldsMixin, VietnameseAddressFormMixin
):
    """Address, email, note, gift, delivery, payment, invoice; age where the basket asks for it.

    Which delivery and payment are open depends on the address and the sums, so their choices are
    drawn from the quote; here only that one was chosen is checked, placing refuses the rest.
    """

    field_order = (
        *VietnameseAddressFormMixin.field_order,
        *("email", "note", *GiftFieldsMixin.base_fields, "delivery", "payment"),
    )

    email = forms.EmailField(
        label=_("Email"),
        required=False,
        max_length=EMAIL_LENGTH,
        help_text=_(
            "Để nhận thư xác nhận và đường dẫn theo dõi đơn. "
            "Không dùng vào việc khác, trừ khi bạn đánh dấu ô dưới."
        ),
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}
        ),
    )
    note = forms.CharField(
        label=_("Lời nhắn cho người giao"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    delivery = forms.CharField(
        label=_("Cách giao hàng"),
        max_length=40,
        error_messages={"required": _("Hãy chọn cách giao hàng.")},
    )
    payment = forms.CharField(
        label=_("Cách trả tiền"),
        max_length=30,
        error_messages={"required": _("Hãy chọn cách trả tiền.")},
    )
    #: Chosen, and closed since: it is the choice again once that is over.
    payment_before = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    adult = forms.BooleanField(
        label=_("Tôi và người nhận hàng đều đã đủ 18 tuổi"),
        required=False,
        help_text=_("Đơn có đồ uống có cồn: chỉ bán cho người từ 18 tuổi (Luật 44/2019/QH14)."),
    )
    save_address = forms.BooleanField(label=_("Lưu địa chỉ này vào sổ"), required=False)
    save_invoice = forms.BooleanField(
        label=_("Lưu thông tin hóa đơn này vào tài khoản"), required=False
    )
    placement_key = forms.UUIDField(widget=forms.HiddenInput)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, has_alcohol: bool | None = False, is_member: bool = False, **kwargs: Any
    ) -> None:
        """`has_alcohol` is None where the basket is not read yet: then placing asks for the age."""
        super().__init__(*args, **kwargs)
        self.has_alcohol = has_alcohol
        if has_alcohol is False:
            del self.fields["adult"]
        if not is_member:
            del self.fields["save_address"]
            del self.fields["save_invoice"]

    def clean_adult(self) -> bool:
        is_adult = bool(self.cleaned_data.get("adult"))
        if self.has_alcohol and not is_adult:
            raise ValidationError(_("Hãy xác nhận người mua và người nhận đã đủ 18 tuổi."))
        return is_adult

    def as_new(self, *names: str) -> tuple[Any, ...] | None:
        """All that decides how these fields look, which nobody has filled in; None for others.

        What was chosen in a list does not count as filled in: it is a part of the answer. What is
        in no list was typed by hand, at any length, and is nothing to remember others' pages by.
        """
        looks = []
        for name in names:
            if name not in self.fields:
                continue
            field = self[name]
            choices = getattr(field.field, "choices", None)
            value = field.value() or ""
            offered = {str(code) for code, _label in choices} if value and choices else ()
            if field.errors or (value and str(value) not in offered):
                return None
            words = str(field.label), str(field.help_text)
            looks.append((name, *words, str(value), tuple(choices or ())))
        return tuple(looks)

    @property
    def wishes(self) -> Wishes:
        """What was chosen so far, cleaned or not: enough for a quote."""

        def value(name: str) -> str:
            if name not in self.fields:
                return ""
            found = (
                self.data.get(self.add_prefix(name))
                if self.is_bound
                else self.get_initial_for_field(self.fields[name], name)
            )
            return str(found or "").strip()[:40]

        return Wishes(
            province_code=value("province") if self._is_known_province(value("province")) else "",
            shipping_code=value("delivery"),
            payment_code=value("payment") or value("payment_before"),
            phone=_e164(value("phone")),
            is_gift=value("is_gift").lower() in ("on", "true", "1"),
        )

    def _is_known_province(self, code: str) -> bool:
        province: Any = self.fields["province"]
        return any(code == known for known, _name in province.choices if known)


def _e164(typed: str) -> str:
    """The number as it is kept; empty while it is not one."""
    try:
        return normalise_phone(typed)
    except ValidationError:
        return ""

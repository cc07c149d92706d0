"""What a company types when it asks for a price."""

from datetime import timedelta
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.cards import Card
from shop.corporate.models import QuoteRequest
from shop.days import DayField
from shop.dong import DongField
from shop.giving.addresses import AddressList, read_addresses
from shop.invoices.tax_code import normalise_tax_code
from shop.phone import PhoneField
from shop.places.forms import WardFieldsMixin
from shop.private_files import PaperField
from shop.traps import TrapMixin

MOST_BOXES_EACH = 100_000
LEAST_BUDGET, MOST_BUDGET = 50_000, 100_000_000
MOST_LIST_BYTES = 5 * 1024 * 1024
#: A day further away than this was mistyped.
FURTHEST = timedelta(days=2 * 365)
Delivery = QuoteRequest.Delivery


class RequestForm(TrapMixin, WardFieldsMixin):
    """The company, the boxes, the day, the place. `website` is a trap that no person sees."""

    company = forms.CharField(
        label=gettext_lazy("Tên đơn vị"),
        max_length=255,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": gettext_lazy("Hãy ghi tên đơn vị.")},
    )
    contact = forms.CharField(
        label=gettext_lazy("Người liên hệ"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Hãy ghi họ và tên người liên hệ.")},
    )
    phone = PhoneField(label=gettext_lazy("Số điện thoại"))
    email = forms.EmailField(
        label=gettext_lazy("Email"),
        max_length=254,
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}
        ),
        error_messages={"required": gettext_lazy("Hãy nhập email: báo giá gửi đến đó.")},
    )
    street = forms.CharField(
        label=gettext_lazy("Số nhà, tên đường, thôn xóm"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": gettext_lazy("Hãy ghi số nhà, tên đường hoặc thôn xóm.")},
    )
    budget = DongField(
        label=gettext_lazy("Ngân sách mỗi hộp, đồng"),
        required=False,
        min_value=LEAST_BUDGET,
        max_value=MOST_BUDGET,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": gettext_lazy("Hãy ghi số tiền, ví dụ 500.000."),
            "min_value": gettext_lazy("Hãy ghi số tiền từ 50.000."),
            "max_value": gettext_lazy("Số tiền này quá lớn."),
        },
    )
    needed_on = DayField(
        label=gettext_lazy("Cần nhận trước ngày"),
        required=False,
    )
    logo = PaperField(
        label=gettext_lazy("Logo in lên vỏ hộp"),
        required=False,
        help_text=gettext_lazy("PNG, JPEG hoặc PDF, tới 10 MB. Không nhận SVG."),
    )
    delivery = forms.ChoiceField(
        label=gettext_lazy("Giao hàng"),
        choices=Delivery.choices,
        initial=Delivery.ONE,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Hãy chọn nơi giao.")},
    )
    addresses = forms.FileField(
        label=gettext_lazy("Danh sách người nhận"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=gettext_lazy("XLSX hoặc CSV theo bảng mẫu, tới 5 MB và 2.000 dòng."),
        error_messages={"empty": gettext_lazy("Tệp này trống.")},
    )
    invoice_wanted = forms.BooleanField(
        label=gettext_lazy("Cần hóa đơn cho đơn này"), required=False
    )
    tax_code = forms.CharField(
        label=gettext_lazy("Mã số thuế"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("10 chữ số, 10-3, hoặc 12 chữ số định danh cá nhân."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    invoice_address = forms.CharField(
        label=gettext_lazy("Địa chỉ trên hóa đơn"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    invoice_email = forms.EmailField(
        label=gettext_lazy("Email nhận hóa đơn"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Bỏ trống để gửi đến email ở trên."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Lời nhắn"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, cards: list[Card], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cards = cards
        self.list: AddressList | None = None
        fields: dict[str, Any] = self.fields
        for card in cards:
            fields[_name(card)] = forms.IntegerField(
                label=card.title,
                required=False,
                min_value=0,
                max_value=MOST_BOXES_EACH,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
            )

    @property
    def boxes(self) -> list[tuple[Card, Any]]:
        """Each box on sale with its field."""
        return [(card, self[_name(card)]) for card in self.cards]

    @property
    def wanted(self) -> dict[Any, int]:
        """How many of each product, of a form that was cleaned."""
        data = self.cleaned_data
        return {card.product: data[_name(card)] for card in self.cards if data.get(_name(card))}

    def clean_needed_on(self) -> Any:
        day = self.cleaned_data["needed_on"]
        today = timezone.localdate()
        if day is not None and not today < day < today + FURTHEST:
            raise ValidationError(_("Hãy chọn một ngày từ ngày mai, trong hai năm tới."))
        return day

    def clean_tax_code(self) -> str:
        typed: str = self.cleaned_data["tax_code"]
        return normalise_tax_code(typed) if typed else ""

    def clean_addresses(self) -> Any:
        file = self.cleaned_data["addresses"]
        if not file:
            return None
        if file.size > MOST_LIST_BYTES:
            raise ValidationError(_("Tệp nặng quá 5 MB. Hãy chia làm nhiều tệp."))
        file.seek(0)
        self.list = read_addresses(PurePath(file.name).name, file.read())
        file.seek(0)
        if self.list.faults:
            raise ValidationError(self.list.told_faults)
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.cards and not self.wanted and not data.get("note"):
            self.add_error(None, _("Hãy ghi số lượng của ít nhất một hộp, hoặc tả điều cần mua."))
        self._check_list(data)
        self._check_invoice(data)
        self._check_logo(data)
        return data

    def _check_list(self, data: dict[str, Any]) -> None:
        if data.get("delivery") != Delivery.LIST or "addresses" in self.errors:
            return
        if self.list is None:
            self.add_error("addresses", _("Hãy chọn tệp danh sách người nhận."))
        elif self.wanted and self.list.boxes != (asked := sum(self.wanted.values())):
            told = {"listed": self.list.boxes, "asked": asked}
            self.add_error(
                "addresses",
                _("Danh sách có %(listed)s hộp, ở trên ghi %(asked)s hộp.") % told,
            )

    def _check_invoice(self, data: dict[str, Any]) -> None:
        if not data.get("invoice_wanted"):
            return
        if not data.get("tax_code") and "tax_code" not in self.errors:
            self.add_error("tax_code", _("Hãy nhập mã số thuế."))
        if not data.get("invoice_address") and "invoice_address" not in self.errors:
            self.add_error("invoice_address", _("Hãy nhập địa chỉ ghi trên hóa đơn."))
        data["invoice_email"] = data.get("invoice_email") or data.get("email") or ""

    def _check_logo(self, data: dict[str, Any]) -> None:
        least = settings.LEAST_WITH_LOGO
        if data.get("logo") and self.wanted and max(self.wanted.values()) < least:
            self.add_error("logo", _("In logo từ %(n)s hộp cùng loại trở lên.") % {"n": least})

    @property
    def facts(self) -> dict[str, Any]:
        """The columns of the request, of a valid form."""
        data = self.cleaned_data
        plain = (
            *("company", "contact", "phone", "email", "street", "needed_on", "delivery", "note"),
            *("tax_code", "invoice_wanted", "invoice_address", "invoice_email"),
        )
        budget = data["budget"]
        return {
            **{name: data[name] for name in plain},
            "ward": self.chosen_ward(),
            "budget": None if budget is None else Decimal(budget),
            "logo": data["logo"] or "",
            "address_file": data["addresses"] or "",
        }


def _name(card: Card) -> str:
    return f"box_{card.product.pk}"

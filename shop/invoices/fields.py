"""The part of checkout that asks for an invoice: four fields that count only when it is wanted."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.invoices.requesting import InvoiceDetails
from shop.invoices.tax_code import normalise_tax_code

NAME_LENGTH = 255
ADDRESS_LENGTH = 300
EMAIL_LENGTH = 254
INVOICE_FIELDS = ("invoice_company", "invoice_tax_code", "invoice_address", "invoice_email")


class InvoiceFieldsMixin(forms.Form):
    """Nothing of it is checked until `invoice_wanted` is ticked; what was typed is kept anyway."""

    invoice_wanted = forms.BooleanField(
        label=gettext_lazy("Xuất hóa đơn cho đơn này"), required=False
    )
    invoice_company = forms.CharField(
        label=gettext_lazy("Tên đơn vị hoặc người mua"),
        error_messages={"required": gettext_lazy("Hãy nhập tên ghi trên hóa đơn.")},
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    invoice_tax_code = forms.CharField(
        label=gettext_lazy("Mã số thuế"),
        error_messages={"required": gettext_lazy("Hãy nhập mã số thuế.")},
        max_length=40,
        help_text=gettext_lazy("10 chữ số, 10-3, hoặc 12 chữ số định danh cá nhân."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    invoice_address = forms.CharField(
        label=gettext_lazy("Địa chỉ trên hóa đơn"),
        error_messages={"required": gettext_lazy("Hãy nhập địa chỉ ghi trên hóa đơn.")},
        max_length=ADDRESS_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    invoice_email = forms.CharField(
        label=gettext_lazy("Email nhận hóa đơn"),
        required=False,
        max_length=EMAIL_LENGTH,
        help_text=gettext_lazy("Bỏ trống để gửi đến email của người nhận ở trên."),
        widget=forms.EmailInput(
            attrs={"autocomplete": "off", "inputmode": "email", "autocapitalize": "none"}
        ),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("invoice_wanted"):
            for name in INVOICE_FIELDS:
                self.errors.pop(name, None)
            return data
        self._read("invoice_tax_code", normalise_tax_code)
        data["invoice_email"] = data.get("invoice_email") or data.get("email") or ""
        if data["invoice_email"]:
            self._read("invoice_email", _checked_email)
        elif not self.errors.keys() & {"email", "invoice_email"}:
            self.add_error("invoice_email", _("Hãy nhập email để nhận hóa đơn."))
        return data

    def _read(self, name: str, read: Callable[[str], str]) -> None:
        """What `read` makes of the field, or its refusal beside it."""
        if name in self.errors:
            return
        try:
            self.cleaned_data[name] = read(self.cleaned_data[name])
        except ValidationError as refusal:
            self.add_error(name, refusal)

    @property
    def invoice_details(self) -> InvoiceDetails | None:
        """What was asked for; None without the tick. Of a valid form."""
        data = self.cleaned_data
        if not data.get("invoice_wanted"):
            return None
        return InvoiceDetails(
            company_name=data["invoice_company"],
            tax_code=data["invoice_tax_code"],
            address=data["invoice_address"],
            email=data["invoice_email"],
        )


def _checked_email(typed: str) -> str:
    validate_email(typed)
    return typed

"""What an applicant types, and what staff answer."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.invoices.tax_code import normalise_tax_code
from shop.partner.models import Partner
from shop.payment.banks import BANKS
from shop.phone import PhoneField
from shop.places.forms import WardFieldsMixin
from shop.private_files import PaperField
from shop.producers.joining.applying import REGISTERED_KINDS, unclaimed
from shop.producers.models import Application, ApplicationPaper, PayoutAccount

BANK_CHOICES = [("", _("Chọn ngân hàng")), *sorted(BANKS.items(), key=lambda each: each[1])]

#: VietQR carries 19 at most; no bank of Vietnam has shorter ones.
ACCOUNT_NUMBER = re.compile(r"[0-9]{6,19}")


class AccountFieldsMixin(forms.ModelForm):
    """Bank, number and holder of an account, on any form of a model that has them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank_bin"] = forms.ChoiceField(
            label=_("Ngân hàng"),
            choices=BANK_CHOICES,
            initial=self.instance.bank_bin,
            error_messages={"required": _("Hãy chọn ngân hàng.")},
        )
        self.fields["number"] = forms.CharField(
            label=_("Số tài khoản"),
            # Room for the spaces that `clean_number` takes out.
            max_length=40,
            initial=self.instance.number,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"required": _("Hãy nhập số tài khoản.")},
        )
        holder: Any = self.fields["holder"]
        holder.error_messages["required"] = _("Hãy nhập tên chủ tài khoản.")
        holder.help_text = _("Như trên tài khoản ngân hàng, ví dụ NGUYEN VAN BINH.")

    def clean_number(self) -> str:
        number = re.sub(r"[\s.\-]", "", self.cleaned_data["number"])
        if not ACCOUNT_NUMBER.fullmatch(number):
            raise ValidationError(_("Số tài khoản gồm 6 đến 19 chữ số."))
        return number

    def clean_holder(self) -> str:
        return " ".join(self.cleaned_data["holder"].split()).upper()


class ApplicationForm(WardFieldsMixin, AccountFieldsMixin):
    """Who you are, where you are, how you are paid."""

    phone = PhoneField(label=_("Điện thoại"))
    tax_code = forms.CharField(
        label=_("Mã số thuế"),
        max_length=40,
        required=False,
        help_text=_(
            "10 chữ số, 10-3, hoặc 12 chữ số định danh cá nhân. Tổ hợp tác có thể chưa có."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    field_order = (
        *("kind", "name", "representative", "phone", "province", "ward", "hamlet"),
        *("tax_code", "registration_number", "goods", "bank_bin", "number", "holder"),
    )

    class Meta:
        model = Application
        fields = (
            *("kind", "name", "representative", "phone", "hamlet", "tax_code"),
            *("registration_number", "goods", "bank_bin", "number", "holder"),
        )
        widgets = {"goods": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "name": _("Như trên giấy tờ, ví dụ: Hợp tác xã dịch vụ nông nghiệp Lục Sơn."),
            "goods": _("Ví dụ: bánh mật, mỗi tháng chừng 2.000 chiếc, gói tay."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None and instance.ward_id:
            place = {"province": instance.ward.province_id, "ward": instance.ward_id}
            kwargs["initial"] = {**place, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)
        required = {
            "name": _("Hãy ghi tên nhà sản xuất."),
            "representative": _("Hãy ghi họ tên người đại diện."),
            "hamlet": _("Hãy ghi thôn, xóm hoặc số nhà."),
            "goods": _("Hãy ghi bạn làm ra gì."),
            "kind": _("Hãy chọn loại chủ thể."),
        }
        for name, words in required.items():
            self.fields[name].error_messages["required"] = words

    def clean_tax_code(self) -> str:
        typed = self.cleaned_data["tax_code"].strip()
        return normalise_tax_code(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") in REGISTERED_KINDS:
            if not data.get("tax_code") and "tax_code" not in self.errors:
                self.add_error("tax_code", _("Hãy nhập mã số thuế."))
            if not data.get("registration_number"):
                self.add_error("registration_number", _("Hãy nhập số đăng ký kinh doanh."))
        if data.get("ward"):
            try:
                self.instance.ward = self.chosen_ward()
            except ValidationError as error:
                self.add_error(None, error)
        return data


class PaperForm(forms.Form):
    kind = forms.ChoiceField(label=_("Loại giấy"), choices=ApplicationPaper.Kind.choices)
    file = PaperField(label=_("Ảnh chụp hoặc tệp"))


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("Cần sửa gì"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy nói người nộp cần sửa gì.")},
        help_text=_("Người nộp đọc được câu này."),
    )


class ApproveForm(forms.Form):
    existing = forms.ModelChoiceField(
        label=_("Trang đã có trong cửa hàng"),
        queryset=Partner.objects.none(),
        required=False,
        empty_label=_("Nhà sản xuất mới"),
        help_text=_("Chọn khi cửa hàng đã viết trang cho nhà này mà chưa ai phụ trách."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["existing"]
        field.queryset = unclaimed()


class PayoutAccountForm(AccountFieldsMixin):
    class Meta:
        model = PayoutAccount
        fields = ("bank_bin", "number", "holder")

"""What the owner of a list types to share it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ShareForm(forms.Form):
    name = forms.CharField(
        label=_("Tên hiện trên danh sách"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        help_text=_("Chỉ tên gọi, ví dụ Lan. Người mở đường dẫn không thấy gì khác về bạn."),
    )

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if "@" in name or any(letter.isdigit() for letter in name):
            raise forms.ValidationError(_("Chỉ ghi tên gọi."))
        return name

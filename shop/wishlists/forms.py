"""What the owner of a list types to share it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.given_name import GivenNameField


class ShareForm(forms.Form):
    name = GivenNameField(
        label=_("Tên hiện trên danh sách"),
        max_length=40,
        help_text=_("Chỉ tên gọi, ví dụ Lan. Người mở đường dẫn không thấy gì khác về bạn."),
    )

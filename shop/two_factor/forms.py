from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """Six digits of the app, or a recovery code where that is allowed."""

    code = forms.CharField(
        label=_("Mã xác thực"),
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
        help_text=_("Sáu chữ số trong ứng dụng xác thực."),
    )


class AskForm(CodeForm):
    remember = forms.BooleanField(label="", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        # Recovery codes have letters, so no keypad of digits only.
        code.widget.attrs["inputmode"] = "text"
        code.widget.attrs["autocapitalize"] = "none"
        code.help_text = _("Sáu chữ số trong ứng dụng xác thực, hoặc một mã dự phòng.")
        self.fields["remember"].label = _("Nhớ trình duyệt này %(days)s ngày") % {
            "days": settings.TWO_FACTOR_REMEMBER_DAYS
        }

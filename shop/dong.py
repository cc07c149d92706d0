"""Whole numbers as people write them in Vietnam."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DongField(forms.IntegerField):
    """A sum in đồng, or grams: `500.000`, `500 000 ₫`."""

    default_error_messages = {
        "invalid": _("Hãy nhập một số, ví dụ 32.000."),
        "min_value": _("Không được nhỏ hơn %(limit_value)s."),
    }

    def to_python(self, value: Any) -> int | None:
        typed = "".join(
            str("" if value is None else value).replace("₫", "").replace(".", "").split()
        )
        return super().to_python(typed)

"""What a buyer is called where strangers read it: a first name, never an address or a number."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class GivenNameField(forms.CharField):
    """A name to be shown, left empty by who wants none. Refuses what could be written to."""

    widget = forms.TextInput(attrs={"autocomplete": "given-name"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> str:
        name = " ".join(super().clean(value).split())
        if "@" in name or any(letter.isdigit() for letter in name):
            raise forms.ValidationError(_("Chỉ ghi tên gọi."))
        return name

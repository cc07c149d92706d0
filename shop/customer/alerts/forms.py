"""The form beside a product that is out of stock."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.traps import TrapMixin


class AlertForm(TrapMixin):
    """One address."""

    email = forms.EmailField(
        label=_("Email của bạn"),
        max_length=254,
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}
        ),
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

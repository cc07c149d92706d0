"""The form beside a product that is out of stock."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AlertForm(forms.Form):
    """One address. `website` is a trap: no person sees it, so what is filled in is no person's."""

    email = forms.EmailField(
        label=_("Email của bạn"),
        max_length=254,
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}
        ),
    )
    website = forms.CharField(required=False)

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("website"))

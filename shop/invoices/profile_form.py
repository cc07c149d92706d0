"""Whom a member's invoices are for."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from shop.invoices.models import TaxProfile
from shop.invoices.tax_code import normalise_tax_code


class TaxProfileForm(forms.ModelForm):
    """The tax code is checked as checkout does; one profile a code."""

    tax_code = TaxProfile._meta.get_field("tax_code").formfield(
        max_length=40, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )

    class Meta:
        model = TaxProfile
        fields = ("company_name", "tax_code", "address", "email")
        widgets = {
            "company_name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "email": forms.EmailInput(attrs={"inputmode": "email", "autocapitalize": "none"}),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.user = user

    def clean_tax_code(self) -> str:
        code = normalise_tax_code(self.cleaned_data["tax_code"])
        same = TaxProfile.objects.filter(user=self.instance.user, tax_code=code)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Mã số thuế này đã có trong danh sách của bạn."))
        return code

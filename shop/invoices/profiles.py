"""A member's invoice data, from and to the checkout."""

from typing import Any

from shop.invoices.models import TaxProfile
from shop.invoices.requesting import InvoiceDetails


def own_profiles(user: Any) -> list[TaxProfile]:
    return list(TaxProfile.objects.filter(user=user)) if user.is_authenticated else []


def initial_of_profile(user: Any, key: str) -> dict[str, str]:
    """The fields of checkout's form; empty for a profile that is not the user's."""
    own = (each for each in own_profiles(user) if str(each.pk) == key)
    profile = next(own, None)
    if profile is None:
        return {}
    return {
        "invoice_wanted": "on",
        "invoice_company": profile.company_name,
        "invoice_tax_code": profile.tax_code,
        "invoice_address": profile.address,
        "invoice_email": profile.email,
    }


def keep_profile(user: Any, details: InvoiceDetails) -> TaxProfile:
    """One a tax code: told anew it is corrected."""
    return TaxProfile.objects.update_or_create(
        user=user,
        tax_code=details.tax_code,
        defaults={
            "company_name": details.company_name,
            "address": details.address,
            "email": details.email,
        },
    )[0]

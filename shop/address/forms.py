"""Forms for a Vietnamese address: họ tên, điện thoại, tỉnh, xã/phường, địa chỉ."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.address.models import UserAddress
from shop.phone import PhoneField
from shop.places.forms import WardFieldsMixin

VIETNAM = "VN"


class VietnameseAddressFormMixin(WardFieldsMixin):
    """The fields of an address and their check: the ward must lie in the province."""

    #: As the page shows them: what is wrong is listed in the same order.
    field_order: Any = ("full_name", "phone", "province", "ward", "street")

    full_name = forms.CharField(
        label=_("Họ và tên"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Hãy ghi họ và tên người nhận.")},
    )
    phone = PhoneField(label=_("Số điện thoại"))
    street = forms.CharField(
        label=_("Số nhà, tên đường, thôn xóm"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": _("Hãy ghi số nhà, tên đường hoặc thôn xóm.")},
    )

    def address_values(self) -> dict[str, Any]:
        """The cleaned address in the columns of `VietnameseAddressMixin`.

        Raises ValidationError when the place was withdrawn since the form was shown.
        """
        data = self.cleaned_data
        ward = self.chosen_ward()
        return {
            "first_name": data["full_name"],
            "phone_number": data["phone"],
            "line1": data["street"],
            "line3": ward.full_name,
            "line4": ward.province.full_name,
            "ward_code": ward.code,
            "province_code": ward.province_id,
            "country_id": VIETNAM,
        }


def initial_of(address: Any) -> dict[str, str]:
    """What a form shows of a kept address."""
    return {
        "full_name": address.first_name,
        "phone": str(address.phone_number or ""),
        "province": address.province_code,
        "ward": address.ward_code,
        "street": address.line1,
    }


class AddressBookForm(VietnameseAddressFormMixin):
    """One address of a buyer's book. Raises no duplicate: the same place twice is one entry."""

    def __init__(
        self, *args: Any, user: Any, instance: UserAddress | None = None, **kwargs: Any
    ) -> None:
        self.user = user
        self.instance = instance
        if instance is not None:
            kwargs["initial"] = {**initial_of(instance), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            address = self._filled()
            twins = UserAddress.objects.filter(user=self.user, hash=address.generate_hash())
            if twins.exclude(pk=address.pk).exists():
                raise ValidationError(_("Địa chỉ này đã có trong sổ."))
        return data

    def save(self) -> UserAddress:
        address = self._filled()
        if not UserAddress.objects.filter(user=self.user).exists():
            address.is_default_for_shipping = True
        address.save()
        return address

    def _filled(self) -> UserAddress:
        address = self.instance or UserAddress(user=self.user)
        for name, value in self.address_values().items():
            setattr(address, name, value)
        return address

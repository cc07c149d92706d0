"""The choice of a province and of a ward in it, as part of any form."""

from html import escape
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from shop.places.choices import WARD_PLACEHOLDER, province_choices, ward_choices
from shop.places.models import Ward


class PlaceSelect(forms.Select):
    """A select of many places: drawn at once, not by a template for each of its options."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = str(value or "")
        options = "\n".join(
            f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>'
            f"{escape(label)}</option>"
            for code, label in ((str(code), str(label)) for code, label in self.choices)
        )
        written = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>\n{}\n</select>", written, SafeString(options))


class WardFieldsMixin(forms.Form):
    """Province and ward.

    The wards offered are those of the chosen province, so that the form works without
    JavaScript: a button posts the province back and `forget_errors` keeps what was typed.
    """

    province = forms.ChoiceField(
        label=_("Tỉnh / thành phố"),
        error_messages={
            "required": _("Hãy chọn tỉnh, thành phố."),
            "invalid_choice": _("Hãy chọn một tỉnh, thành phố trong danh sách."),
        },
        widget=PlaceSelect(attrs={"autocomplete": "address-level1"}),
    )
    ward = forms.ChoiceField(
        label=_("Xã / phường"),
        error_messages={
            "required": _("Hãy chọn xã, phường."),
            "invalid_choice": _("Hãy chọn một xã, phường của tỉnh đã chọn."),
        },
        widget=PlaceSelect(attrs={"autocomplete": "address-level2"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["province"].choices = [("", _("Chọn tỉnh, thành phố")), *province_choices()]
        fields["ward"].choices = [("", WARD_PLACEHOLDER), *ward_choices(self.chosen_province)]

    @property
    def chosen_province(self) -> str:
        """Code of the province as sent, or as first shown; empty for none."""
        if self.is_bound:
            return str(self.data.get(self.add_prefix("province"), ""))
        return str(self.get_initial_for_field(self.fields["province"], "province") or "")

    def forget_errors(self) -> None:
        """Show what was typed without complaint: the form was sent only to choose a province."""
        self._errors = forms.utils.ErrorDict()
        self.cleaned_data = {}

    def chosen_ward(self) -> Ward:
        """The ward with its province. Raises ValidationError when it was withdrawn meanwhile."""
        data = self.cleaned_data
        ward = (
            Ward.objects.select_related("province")
            .filter(pk=data["ward"], province=data["province"])
            .first()
        )
        if ward is None:
            raise ValidationError({"ward": _("Hãy chọn một xã, phường của tỉnh đã chọn.")})
        return ward

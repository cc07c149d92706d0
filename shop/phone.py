"""Vietnamese telephone numbers: kept as E.164, shown the way people write them."""

import re
import unicodedata
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

VIETNAM = "VN"
_MAX_TYPED_LENGTH = 40
_WRITTEN_NUMBER = re.compile(r"\+?[0-9\s().\-\u2010-\u2015\u00b7]+")
_E164 = re.compile(r"\+84[0-9]{8,11}")
_REACHABLE_TYPES = frozenset(
    {
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    }
)
#: Eleven-digit mobile prefixes and their successors of autumn 2018 (Ministry of Information
#: and Communications, Quyết định 2036/QĐ-BTTTT of 21/11/2017). Without the leading zero.
_CHANGED_PREFIXES: dict[str, str] = dict(
    re.findall(
        r"(\d+):(\d+)",
        "162:32 163:33 164:34 165:35 166:36 167:37 168:38 169:39 "
        "120:70 121:79 122:77 126:76 128:78 123:83 124:84 125:85 127:81 129:82 "
        "186:56 188:58 199:59",
    )
)


def normalise_phone(raw: str) -> str:
    """Return a Vietnamese mobile or landline number as E.164, such as `+84912345678`.

    Accepts the national and the international form with any usual spacing. Raises
    ValidationError, in words for the buyer, for anything else; a mobile number from before
    2018 is refused with its present form.
    """
    text = unicodedata.normalize("NFKC", raw).strip()
    if not text:
        raise ValidationError(_("Vui lòng nhập số điện thoại."), code="required")
    # The pattern keeps out letters (read as keypad digits by the library), a second number
    # after a slash and an extension: each would be lost silently.
    if len(text) > _MAX_TYPED_LENGTH or not _WRITTEN_NUMBER.fullmatch(text):
        raise _not_a_number()
    try:
        number = phonenumbers.parse(text, VIETNAM)
    except phonenumbers.NumberParseException:
        raise _not_a_number() from None
    if number.country_code != 84:
        raise ValidationError(
            _("Chúng tôi chỉ gọi được số điện thoại Việt Nam, ví dụ 0912 345 678."),
            code="foreign_phone",
        )
    national = str(number.national_number)
    successor = _successor_of(national)
    if successor:
        raise ValidationError(
            _("Số 11 chữ số này đã đổi đầu số từ năm 2018. Số mới có lẽ là %(number)s."),
            code="changed_phone",
            params={"number": display_phone(successor)},
        )
    if not phonenumbers.is_valid_number_for_region(number, VIETNAM):
        raise _not_a_number()
    if phonenumbers.number_type(number) not in _REACHABLE_TYPES:
        raise _not_a_number()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def display_phone(e164: str) -> str:
    """Return a stored number the way Vietnamese write it: `0912 345 678`, `024 3825 1234`.

    Anything that is not a stored Vietnamese number comes back unchanged.
    """
    if not _E164.fullmatch(e164):
        return e164
    number = phonenumbers.parse(e164)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


class PhoneInput(forms.TextInput):
    """A text box that opens the telephone keypad and offers the visitor's own number."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "tel", "autocomplete": "tel", **(attrs or {})})


class PhoneField(forms.CharField):
    """Form field whose cleaned value is an E.164 number, or an empty text when optional."""

    widget = PhoneInput
    default_error_messages = {"required": _("Vui lòng nhập số điện thoại.")}

    def to_python(self, value: Any) -> str:
        """Return the number as E.164; raise ValidationError when it is not Vietnamese."""
        text = super().to_python(value)
        return normalise_phone(text) if text else ""

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number with its usual spacing; leave what was typed as it is."""
        return display_phone(value) if isinstance(value, str) else value


def _successor_of(national: str) -> str:
    """Return the present number of an eleven-digit mobile number of before 2018, or ""."""
    prefix = _CHANGED_PREFIXES.get(national[:3])
    if prefix is None or len(national) != 10:
        return ""
    return f"+84{prefix}{national[3:]}"


def _not_a_number() -> ValidationError:
    return ValidationError(
        _("Số điện thoại chưa đúng. Hãy nhập 10 chữ số, ví dụ 0912 345 678."),
        code="invalid_phone",
    )

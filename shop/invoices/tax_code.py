"""Mã số thuế: three shapes, one check digit.

Ten digits for a business, the last one a check digit; ten, a dash and three (001–999) for its
dependent units; since 1/7/2025 the twelve digits of the personal identification number for
persons and household businesses (Thông tư 86/2024/TT-BTC, art. 5). The sum of the check digit is
the one that python-stdnum (`stdnum.vn.mst`) and vn-ident give, with the tax office's own
worked example 010004751 → 6. Twelve digits have no check digit; their parts are those of Thông tư
59/2021/TT-BCA, art. 4. The circulars were read through these and the press, not in the gazette.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
#: Codes of provinces and cities in personal numbers run from 001 to 096.
LAST_PROVINCE = 96
_SEPARATORS = re.compile(r"[\s.\u2010-\u2015\-]+")
_DASH = re.compile(r"[\u2010-\u2015\-]")
LONGEST_TYPED = 40


def check_digit(first_nine: str) -> int | None:
    """The tenth digit; None where the sum leaves none, so that no such code is given out."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first_nine, strict=True))
    digit = 10 - total % 11
    return digit if digit < 10 else None


def normalise_tax_code(typed: str) -> str:
    """`0100233488`, `0100233488-001` or twelve digits. Raises ValidationError saying what is wrong.

    Spaces, dots and dashes may stand anywhere.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    digits = _SEPARATORS.sub("", text[:LONGEST_TYPED])
    if len(text) > LONGEST_TYPED or not (digits.isascii() and digits.isdigit()):
        raise ValidationError(_("Mã số thuế chỉ gồm chữ số, ví dụ 0100233488 hoặc 0100233488-001."))
    # A dash belongs to a dependent unit: twelve digits with one are thirteen with one forgotten.
    if len(digits) == 12 and not _DASH.search(text):
        return _personal(digits)
    if len(digits) not in (10, 13):
        raise ValidationError(
            _("Mã số thuế có 10 chữ số, 13 chữ số (10-3) hoặc 12 chữ số định danh cá nhân.")
        )
    if check_digit(digits[:9]) != int(digits[9]):
        raise ValidationError(_("Mã số thuế không đúng: chữ số kiểm tra không khớp. Hãy xem lại."))
    if digits[:2] == "00" or digits[2:9] == "0000000":
        raise ValidationError(_("Mã số thuế không đúng. Hãy xem lại từng chữ số."))
    if len(digits) == 10:
        return digits
    if digits[10:] == "000":
        raise ValidationError(_("Ba chữ số cuối của mã số thuế chạy từ 001 đến 999."))
    return f"{digits[:10]}-{digits[10:]}"


def _personal(digits: str) -> str:
    """A personal number: province, century and sex, year of birth, six more digits."""
    century, year = 1900 + 100 * (int(digits[3]) // 2), int(digits[4:6])
    if not 1 <= int(digits[:3]) <= LAST_PROVINCE or century + year > timezone.localdate().year:
        raise ValidationError(_("Số định danh cá nhân không đúng. Hãy xem lại từng chữ số."))
    return digits

"""Quantities as buyers type them."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_DIGITS = re.compile(r"[0-9]{1,18}")


def read_quantity(text: str) -> int:
    """The whole number that was typed, 0 or more. Raises ValidationError in the buyer's words."""
    typed = text.strip()
    if not typed:
        raise ValidationError(_("Hãy nhập số lượng."))
    if not _DIGITS.fullmatch(typed):
        raise ValidationError(_("Số lượng là một số tròn, ví dụ 2."))
    return int(typed)


def check_quantity(availability: object, quantity: int, others: int = 0) -> None:
    """Raises ValidationError when `quantity` cannot be bought, with how many are left.

    `others` are the pieces of other lines, which count towards the largest basket.
    """
    allowed, reason = availability.is_purchase_permitted(quantity)  # type: ignore[attr-defined]
    if not allowed:
        raise ValidationError(str(reason))
    most = settings.OSCAR_MAX_BASKET_QUANTITY_THRESHOLD
    if quantity + others > most:
        raise ValidationError(
            _("Một đơn có nhiều nhất %(most)s món. Mua nhiều hơn, hãy đặt thêm một đơn nữa.")
            % {"most": most}
        )

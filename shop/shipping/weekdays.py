"""Days of the week as bits, Monday first, so that one column holds a choice of them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NAMES = (
    *(_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm")),
    *(_("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật")),
)
SHORT = (_("T2"), _("T3"), _("T4"), _("T5"), _("T6"), _("T7"), _("CN"))
MONDAY_TO_THURSDAY = 0b000_1111
MONDAY_TO_SATURDAY = 0b011_1111


def days_of(mask: int) -> frozenset[int]:
    """The weekdays of a mask, as `date.weekday` counts them."""
    return frozenset(day for day in range(7) if mask & 1 << day)


def mask_of(days: Iterable[int]) -> int:
    """Weekdays as bits. Raises ValueError for a day that is none."""
    mask = 0
    for day in days:
        if day not in range(7):
            raise ValueError(f"{day} is no weekday")
        mask |= 1 << day
    return mask


def weekdays_text(mask: int) -> str:
    """`T2, T3, T4, T5`."""
    return ", ".join(str(SHORT[day]) for day in sorted(days_of(mask)))


class WeekdaysField(forms.TypedMultipleChoiceField):
    """Boxes to tick; cleans to a mask, reads one as its initial value."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=list(enumerate(NAMES)), coerce=int, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return sorted(days_of(value)) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        return mask_of(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

"""The days that are looked at, the days before them, and how they are gathered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.typed import whole_number
from shop.days import DayField
from shop.office.forms import SearchForm

#: Days back from today that one click chooses.
PRESETS = (7, 30, 90, 365)
USUAL = 30
#: Longest period, days: what a chart can show by months.
LONGEST = 3 * 366
STEPS = {"ngay": _("Theo ngày"), "tuan": _("Theo tuần"), "thang": _("Theo tháng")}


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included; `step` is one of `STEPS`."""

    first: date
    last: date
    step: str = "ngay"

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        """As many days, just before."""
        end = self.first - timedelta(days=1)
        return Period(end - timedelta(days=self.days - 1), end, self.step)

    @property
    def since(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.first, time.min))

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        return timezone.make_aware(datetime.combine(self.last + timedelta(days=1), time.min))

    def begin_of(self, day: date) -> date:
        """The first day of the week or month that `day` is gathered into."""
        if self.step == "tuan":
            return day - timedelta(days=day.weekday())
        return day.replace(day=1) if self.step == "thang" else day

    def steps(self) -> Iterator[date]:
        """Where each bar of a chart begins, oldest first, empty ones too."""
        seen = None
        for number in range(self.days):
            begin = self.begin_of(self.first + timedelta(days=number))
            if begin != seen:
                yield begin
                seen = begin


class PeriodForm(SearchForm):
    """Two days and a step. A period that cannot be read is the usual one."""

    tu = DayField(label=_("Từ ngày"), required=False)
    den = DayField(label=_("Đến ngày"), required=False)
    buoc = forms.ChoiceField(label=_("Gộp"), required=False, choices=STEPS.items())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("tu"), data.get("den")
        if first and last and first > last:
            self.add_error("den", _("Ngày cuối phải sau ngày đầu."))
        elif first and ((last or timezone.localdate()) - first).days >= LONGEST:
            self.add_error("tu", _("Chọn tối đa ba năm."))
        return data


def period_of(form: PeriodForm, preset: str = "") -> Period:
    """What was asked for; the last thirty days otherwise."""
    today = timezone.localdate()
    step = form.cleaned_data.get("buoc", "") if form.is_valid() else ""
    asked = form.cleaned_data if form.is_valid() else {}
    if asked.get("tu"):
        first, last = asked["tu"], asked.get("den") or max(today, asked["tu"])
    else:
        days = whole_number(preset) if whole_number(preset) in PRESETS else USUAL
        last = asked.get("den") or today
        first = last - timedelta(days=days - 1)
    return Period(first, last, step or _step_for((last - first).days + 1))


def _step_for(days: int) -> str:
    if days <= 45:
        return "ngay"
    return "tuan" if days <= 200 else "thang"

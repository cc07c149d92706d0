"""Days on which nothing leaves: the public holidays of Vietnam, and what staff add or take away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays
from django.db import models
from django.utils.translation import gettext_lazy as _


@lru_cache(maxsize=32)
def public_holidays(year: int) -> dict[date, str]:
    """Public holidays with names (Bộ luật Lao động 2019, art. 112, and each year's notice)."""
    return dict(holidays.country_holidays("VN", years=year, language="vi"))


class SpecialDay(models.Model):
    """A day that is not as the calendar has it: closed, or a holiday on which parcels do leave."""

    day = models.DateField(_("Ngày"), unique=True)
    is_closed = models.BooleanField(_("Không gửi hàng"), default=True)
    reason = models.CharField(_("Vì sao"), max_length=150, blank=True)

    class Meta:
        app_label = "shipping"
        verbose_name = _("Ngày riêng")
        verbose_name_plural = _("Ngày riêng")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


@dataclass(frozen=True)
class DispatchCalendar:
    """Which days are closed. Weekdays are no part of it: they differ by class of goods."""

    closed: frozenset[date] = frozenset()
    opened: frozenset[date] = frozenset()

    def is_closed(self, day: date) -> bool:
        if day in self.closed:
            return True
        return day in public_holidays(day.year) and day not in self.opened


def calendar_of(days: Iterable[SpecialDay]) -> DispatchCalendar:
    rows = list(days)
    return DispatchCalendar(
        frozenset(row.day for row in rows if row.is_closed),
        frozenset(row.day for row in rows if not row.is_closed),
    )

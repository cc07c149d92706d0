"""When a parcel arrives: a pure reckoning from the order's hour to the span of days promised."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from shop.shipping.calendar import DispatchCalendar

ONE_DAY = timedelta(days=1)
#: Nothing is reckoned further ahead: a calendar that is closed for so long is a mistake.
MOST_DAYS = 2 * 366


@dataclass(frozen=True)
class Pace:
    """How fast one parcel goes: least and most, in days.

    `preparing` counts working days (`working`, weekdays that are not closed), `transit` days on
    the way, closed ones not counted. The parcel leaves on a day of `leaving` that is not closed.
    """

    preparing: tuple[int, int]
    transit: tuple[int, int]
    cutoff: time
    working: frozenset[int]
    leaving: frozenset[int]
    calendar: DispatchCalendar = field(default_factory=DispatchCalendar)

    def is_working(self, day: date) -> bool:
        return day.weekday() in self.working and not self.calendar.is_closed(day)

    def is_leaving(self, day: date) -> bool:
        return day.weekday() in self.leaving and not self.calendar.is_closed(day)


@dataclass(frozen=True)
class Promise:
    """`ready` and `leaves` are the first and the last day on which the parcel may leave."""

    ready: date
    leaves: date
    earliest: date
    latest: date

    def __str__(self) -> str:
        return span_text(self.earliest, self.latest)


def promise(ordered_at: datetime, pace: Pace) -> Promise:
    """When a parcel ordered at that moment leaves and arrives.

    Raises ValueError where no day is found on which it could leave within `MOST_DAYS`.
    """
    local = timezone.localtime(ordered_at) if timezone.is_aware(ordered_at) else ordered_at
    day = local.date()
    if local.time() >= pace.cutoff:
        day += ONE_DAY
    begun = _first(day, pace.is_working)
    first, last = (_leaves(begun, days, pace) for days in pace.preparing)
    least, most = pace.transit
    return Promise(
        ready=first,
        leaves=last,
        earliest=_arrives(first, least, pace.calendar),
        latest=_arrives(last, most, pace.calendar),
    )


def _leaves(begun: date, preparing: int, pace: Pace) -> date:
    day = begun
    for _day in range(preparing):
        day = _first(day + ONE_DAY, pace.is_working)
    return _first(day, pace.is_leaving)


def _arrives(leaves: date, transit: int, calendar: DispatchCalendar) -> date:
    """Carriers rest on closed days, and deliver on Sundays."""
    day = leaves
    for _day in range(transit):
        day = _first(day + ONE_DAY, lambda each: not calendar.is_closed(each))
    return day


def _first(day: date, suits: Callable[[date], bool]) -> date:
    for _day in range(MOST_DAYS):
        if suits(day):
            return day
        day += ONE_DAY
    raise ValueError(f"no day before {day} suits")


def span_text(first: date | None, last: date | None) -> str:
    """`02/12–04/12`, `02/12` for one day; empty for none. English names the month."""
    if first is None or last is None:
        return ""
    days = dict.fromkeys((first, last))
    return "–".join(date_format(each, "MONTH_DAY_FORMAT") for each in days)

"""When something told is: still to come, on now, over; decided when the page is shown."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

CLOCK = "H:i"


class When(models.TextChoices):
    COMING = "coming", _("Sắp diễn ra")
    ON = "on", _("Đang diễn ra")
    PAST = "past", _("Đã qua")


@dataclass(frozen=True)
class Span:
    """From `starts` until before `ends`, aware; `by_the_day` where no hour is meant."""

    starts: datetime
    ends: datetime
    by_the_day: bool = False

    @classmethod
    def of_days(cls, first: date, last: date) -> "Span":
        """Whole days of the shop's time zone, the last one included."""
        return cls(_midnight(first), _midnight(last + timedelta(days=1)), by_the_day=True)

    @classmethod
    def between(cls, starts: datetime, ends: datetime) -> "Span":
        """From midnight to midnight is whole days: nobody has said an hour."""
        hours = {timezone.localtime(moment).time() for moment in (starts, ends)}
        return cls(starts, ends, by_the_day=hours == {time.min} and starts < ends)

    def state_at(self, now: datetime) -> When:
        if now < self.starts:
            return When.COMING
        return When.ON if now < self.ends else When.PAST

    @property
    def state(self) -> When:
        return self.state_at(timezone.now())

    @property
    def words(self) -> str:
        """`5/5/2027 – 7/5/2027`; with hours `8:00 – 17:00, 5/5/2027`."""
        starts, ends = timezone.localtime(self.starts), timezone.localtime(self.ends)
        if self.by_the_day:
            first, last = _day(starts), _day(ends - timedelta(days=1))
            return first if first == last else f"{first} – {last}"
        if starts.date() == ends.date():
            return f"{_hour(starts)} – {_hour(ends)}, {_day(starts)}"
        return f"{_hour(starts)}, {_day(starts)} – {_hour(ends)}, {_day(ends)}"


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _day(moment: datetime) -> str:
    return date_format(moment, "SHORT_DATE_FORMAT")


def _hour(moment: datetime) -> str:
    return date_format(moment, CLOCK)

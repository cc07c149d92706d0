"""Feasts that gifts are given at: their days by the lunar calendar, and until when to order.

Months begin with the new moon as Hà Nội's clocks have it (UTC+7), so some days differ from the
Chinese calendar's: Tết 2030 is 2/2 here and 3/2 there. `vnlunar` reads the tables of Hồ Ngọc Đức.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from vnlunar import convert_lunar_to_solar

from catalogue.delivery_days import longest_preparing, longest_way

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Feast(TextChoices):
    """Feasts that this shop knows the day of."""

    TET = "tet", _("Tết")
    FIRST_FULL_MOON = "ram-thang-gieng", _("Rằm tháng Giêng")
    SUOI_MO = "suoi-mo", _("Hội Suối Mỡ")
    DOAN_NGO = "doan-ngo", _("Tết Đoan ngọ")
    VU_LAN = "vu-lan", _("Vu Lan")
    TRUNG_THU = "trung-thu", _("Trung thu")


#: Lunar day and month of the first day. The year of the calendar begins with Tết.
_LUNAR = {
    Feast.TET: (1, 1),
    Feast.FIRST_FULL_MOON: (15, 1),
    Feast.SUOI_MO: (1, 4),
    Feast.DOAN_NGO: (5, 5),
    Feast.VU_LAN: (15, 7),
    Feast.TRUNG_THU: (15, 8),
}
#: Days before the lunar day on which it begins. The Suối Mỡ festival runs from the last day of
#: the third month to the second of the fourth; the third month has 29 days in some years (2027),
#: so its last day is named as the one before the fourth begins.
_BEFORE = {Feast.SUOI_MO: 1}
#: Days that it lasts, where more than one.
_LASTS = {Feast.SUOI_MO: 3}


@dataclass(frozen=True)
class FeastDay:
    """One feast in one year; `first` and `last` are the same for most."""

    feast: Feast
    first: date
    last: date


@dataclass(frozen=True)
class Deadline:
    """The last day on which an order still arrives before a feast."""

    day: FeastDay
    zone: str
    order_by: date

    def is_over(self, today: date) -> bool:
        return today > self.order_by


@lru_cache(maxsize=256)
def feast_in(feast: Feast, lunar_year: int) -> FeastDay:
    """The feast of a lunar year, which is that of its Tết. Raises ValueError beyond the tables."""
    day, month = _LUNAR[feast]
    found = convert_lunar_to_solar(day, month, lunar_year)
    if found is None:
        raise ValueError(f"no {feast} is known for {lunar_year}")
    solar_day, solar_month, solar_year = found
    first = date(solar_year, solar_month, solar_day) - ONE_DAY * _BEFORE.get(feast, 0)
    return FeastDay(feast, first, first + ONE_DAY * (_LASTS.get(feast, 1) - 1))


def next_feast(feast: Feast, day: date) -> FeastDay:
    """The next one that is not over on `day`."""
    # Every feast here falls into the solar year in which its lunar year begins.
    found = feast_in(feast, day.year)
    return found if found.last >= day else feast_in(feast, day.year + 1)


def coming_feasts(day: date, feasts: tuple[Feast, ...] = tuple(Feast)) -> list[FeastDay]:
    """The next of each, soonest first."""
    return sorted((next_feast(feast, day) for feast in feasts), key=lambda each: each.first)


def order_by(arrives_on: date, zone: str, *, quantity: int = 1) -> date:
    """The last day to order so that `quantity` reach a zone (`shop.shipping.rates`) by that day.

    Reckoned with the longest times of the tables of delivery, and for large orders
    `LARGE_ORDER_DAYS` more at work, Saturdays and Sundays not counted. Raises KeyError for a zone
    of which nobody knows.
    """
    handed_over = arrives_on - ONE_DAY * longest_way(zone)
    working = longest_preparing()
    if quantity >= settings.LARGE_ORDER_FROM:
        working += settings.LARGE_ORDER_DAYS
    return _working_days_before(handed_over, working)


def deadline_for(feast: Feast, day: date, zone: str, *, quantity: int = 1) -> Deadline:
    """Until when to order for the next feast that can still be reached on `day`."""
    found = next_feast(feast, day)
    deadline = deadline_of(found, zone, quantity=quantity)
    if deadline.is_over(day):
        deadline = deadline_of(feast_in(feast, found.first.year + 1), zone, quantity=quantity)
    return deadline


def deadline_of(day: FeastDay, zone: str, *, quantity: int = 1) -> Deadline:
    """Until when to order for one feast, whether that is over or not."""
    before = settings.FEAST_MARGIN_DAYS.get(day.feast.value, 1)
    return Deadline(day, zone, order_by(day.first - ONE_DAY * before, zone, quantity=quantity))


def _working_days_before(day: date, count: int) -> date:
    while count:
        day -= ONE_DAY
        if day.weekday() < SATURDAY:
            count -= 1
    return day

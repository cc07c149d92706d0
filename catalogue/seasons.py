"""Months in which a product is to be had, kept as twelve bits so that a database can ask."""

from collections.abc import Iterable
from datetime import date, timedelta

MONTHS = range(1, 13)
EVERY_MONTH = 0b1111_1111_1111


def mask_of(months: Iterable[int]) -> int:
    """Months 1–12 as bits; all twelve, like none, mean all year and are 0.

    Raises ValueError for a month that is none.
    """
    mask = 0
    for month in months:
        if month not in MONTHS:
            raise ValueError(f"{month} is no month")
        mask |= 1 << (month - 1)
    return 0 if mask == EVERY_MONTH else mask


def months_of(mask: int) -> list[int]:
    """The months of a mask, in order; all twelve for 0."""
    return [month for month in MONTHS if not mask or mask & 1 << (month - 1)]


def all_year(mask: int) -> bool:
    return mask == 0


def in_season(mask: int, day: date) -> bool:
    return not mask or bool(mask & 1 << (day.month - 1))


def season_end(mask: int, day: date) -> date:
    """The first day after the season that `day` is in, which may run over New Year.

    Raises ValueError for goods of all year, whose season has no end.
    """
    if not mask:
        raise ValueError("all year has no end")
    first = day.replace(day=1)
    while in_season(mask, first):
        first = (first + timedelta(days=32)).replace(day=1)
    return first

"""Months and days of accounts, in the shop's own time."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from shop.days import EARLIEST


def start_of(day: date) -> datetime:
    """The first moment of a day in Việt Nam."""
    moment = datetime(day.year, day.month, day.day)
    return timezone.make_aware(moment, timezone.get_default_timezone())


def end_of(day: date) -> datetime:
    """The first moment after a day."""
    return start_of(day + timedelta(days=1))


def month_of(text: str, today: date | None = None) -> date:
    """The first day of the month `2026-11`; this month for nonsense, months to come or long ago."""
    today = today or timezone.localdate()
    this = today.replace(day=1)
    try:
        first = datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return this
    return this if first < EARLIEST else min(first, this)


def next_month(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def previous_month(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def payout_day(first: date) -> date:
    """The first day from `first` on that producers are told they are paid on (`PAYOUT_DAY`).

    The last day of a month that is too short for it.
    """
    this, after = first.replace(day=1), next_month(first)
    days = (
        min(month + timedelta(days=settings.PAYOUT_DAY - 1), next_month(month) - timedelta(days=1))
        for month in (this, after)
    )
    return next(day for day in days if day >= first)

"""When a parcel arrives: a table of cases, and what holds whatever the tables say."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from shop.shipping.calendar import DispatchCalendar, public_holidays
from shop.shipping.promise import Pace, Promise, promise, span_text

WEEK = frozenset(range(6))
COLD = frozenset(range(4))
ONE_DAY = timedelta(days=1)


def at(text: str) -> datetime:
    """`30/11/2026 15:59` in Việt Nam."""
    return timezone.make_aware(datetime.strptime(text, "%d/%m/%Y %H:%M"))


def day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()


def a_pace(**facts: Any) -> Pace:
    facts = {
        "preparing": (1, 2),
        "transit": (2, 4),
        "cutoff": time(16),
        "working": WEEK,
        "leaving": WEEK,
        **facts,
    }
    return Pace(**facts)


@pytest.mark.parametrize(
    ("ordered", "facts", "leaves", "arrives"),
    [
        # Monday before the hour: leaves Tuesday or Wednesday.
        ("30/11/2026 15:59", {}, ("1/12/2026", "2/12/2026"), ("3/12/2026", "6/12/2026")),
        # At the hour it is Tuesday's order.
        ("30/11/2026 16:00", {}, ("2/12/2026", "3/12/2026"), ("4/12/2026", "7/12/2026")),
        # Sunday's order is Monday's.
        ("29/11/2026 09:00", {}, ("1/12/2026", "2/12/2026"), ("3/12/2026", "6/12/2026")),
        # Friday: Saturday is worked, Sunday is not.
        ("27/11/2026 09:00", {}, ("28/11/2026", "30/11/2026"), ("30/11/2026", "4/12/2026")),
        # Nothing to prepare: the same day.
        (
            "30/11/2026 09:00",
            {"preparing": (0, 0), "transit": (1, 1)},
            ("30/11/2026", "30/11/2026"),
            ("1/12/2026", "1/12/2026"),
        ),
        # Cold goods ready on Friday wait for Monday.
        (
            "2/12/2026 09:00",
            {"leaving": COLD, "transit": (1, 1)},
            ("3/12/2026", "7/12/2026"),
            ("4/12/2026", "8/12/2026"),
        ),
        # Tết 2027 is closed from 4/2 to 10/2: nobody works, nobody drives.
        (
            "3/2/2027 09:00",
            {"preparing": (1, 1), "transit": (1, 2)},
            ("11/2/2027", "11/2/2027"),
            ("12/2/2027", "13/2/2027"),
        ),
        (
            "2/2/2027 09:00",
            {"preparing": (1, 1), "transit": (1, 2)},
            ("3/2/2027", "3/2/2027"),
            ("11/2/2027", "12/2/2027"),
        ),
        # A closed day of the shop's own, and a holiday on which it works.
        (
            "30/11/2026 09:00",
            {"calendar": DispatchCalendar(closed=frozenset([date(2026, 12, 1)]))},
            ("2/12/2026", "3/12/2026"),
            ("4/12/2026", "7/12/2026"),
        ),
        (
            "31/12/2026 09:00",
            {"calendar": DispatchCalendar(opened=frozenset([date(2027, 1, 1)]))},
            ("1/1/2027", "2/1/2027"),
            ("3/1/2027", "6/1/2027"),
        ),
    ],
)
def test_days_that_are_promised(
    ordered: str, facts: dict, leaves: tuple[str, str], arrives: tuple[str, str]
) -> None:
    found = promise(at(ordered), a_pace(**facts))
    assert (found.ready, found.leaves) == tuple(map(day, leaves))
    assert (found.earliest, found.latest) == tuple(map(day, arrives))


def test_tet_is_among_the_public_holidays() -> None:
    assert "Tết Nguyên Đán" in public_holidays(2027)[date(2027, 2, 6)]


def test_a_calendar_without_an_open_day_is_a_fault_not_an_endless_loop() -> None:
    with pytest.raises(ValueError, match="no day"):
        promise(at("30/11/2026 09:00"), a_pace(leaving=frozenset()))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2/12/2026", "4/12/2026", "02/12–04/12"),
        ("2/12/2026", "2/12/2026", "02/12"),
        ("30/12/2026", "2/1/2027", "30/12–02/01"),
    ],
)
def test_spans_are_short(first: str, last: str, words: str) -> None:
    assert span_text(day(first), day(last)) == words


def test_no_english_reader_takes_the_month_for_the_day() -> None:
    with override("en"):
        assert span_text(day("2/12/2026"), day("4/12/2026")) == "2 December–4 December"


# --- Whatever the tables say ---------------------------------------------------------------------

moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31)).map(timezone.make_aware)
weekdays = st.frozensets(st.integers(0, 6), min_size=1)
spans = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: tuple(sorted(pair)))
days = st.dates(date(2026, 1, 1), date(2031, 6, 30))
calendars = st.builds(
    DispatchCalendar, closed=st.frozensets(days, max_size=40), opened=st.frozensets(days)
)
paces = st.builds(
    Pace,
    preparing=spans,
    transit=spans,
    cutoff=st.times(),
    working=weekdays,
    leaving=weekdays,
    calendar=calendars,
)


@given(moments, paces)
def test_it_leaves_on_open_days_only_and_never_before_it_is_prepared(
    ordered: datetime, pace: Pace
) -> None:
    found: Promise = promise(ordered, pace)
    today = timezone.localtime(ordered).date()
    for leaves, preparing in ((found.ready, pace.preparing[0]), (found.leaves, pace.preparing[1])):
        assert leaves.weekday() in pace.leaving
        assert not pace.calendar.is_closed(leaves)
        assert leaves >= today + preparing * ONE_DAY
    if timezone.localtime(ordered).time() >= pace.cutoff:
        assert found.ready > today


@given(moments, paces)
def test_it_arrives_after_it_left_and_earliest_before_latest(ordered: datetime, pace: Pace) -> None:
    found = promise(ordered, pace)
    assert found.ready <= found.leaves and found.earliest <= found.latest
    assert found.earliest >= found.ready + pace.transit[0] * ONE_DAY
    assert found.latest >= found.leaves + pace.transit[1] * ONE_DAY
    for arrives, transit in ((found.earliest, pace.transit[0]), (found.latest, pace.transit[1])):
        assert not transit or not pace.calendar.is_closed(arrives)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=60)), paces)
def test_who_orders_later_is_never_promised_an_earlier_day(
    ordered: datetime, later: timedelta, pace: Pace
) -> None:
    first, second = promise(ordered, pace), promise(ordered + later, pace)
    assert first.ready <= second.ready and first.leaves <= second.leaves
    assert first.earliest <= second.earliest and first.latest <= second.latest


@given(moments, paces, st.integers(0, 5), st.integers(0, 5))
def test_more_to_prepare_or_a_longer_way_is_never_sooner(
    ordered: datetime, pace: Pace, preparing: int, transit: int
) -> None:
    slower = replace(
        pace,
        preparing=tuple(each + preparing for each in pace.preparing),
        transit=tuple(each + transit for each in pace.transit),
    )
    first, second = promise(ordered, pace), promise(ordered, slower)
    assert first.earliest <= second.earliest and first.latest <= second.latest

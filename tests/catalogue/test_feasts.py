"""Feast days against the published calendar, and the last day to order."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.template import Context, Template
from vnlunar import convert_lunar_to_solar

from catalogue.feasts import (
    Feast,
    coming_feasts,
    deadline_for,
    feast_in,
    next_feast,
    order_by,
)
from tests.factories import delivery_rules, zone_rates


def day(text: str) -> date:
    number, month, year = (int(part) for part in text.split("/"))
    return date(year, month, number)


#: Days as Vietnamese calendars print them. Tết 2030 and Trung thu 2034 are a day before China's.
PUBLISHED = {
    Feast.TET: (
        *("29/1/2025", "17/2/2026", "6/2/2027", "26/1/2028", "13/2/2029", "2/2/2030"),
        *("23/1/2031", "11/2/2032", "31/1/2033", "19/2/2034", "8/2/2035"),
    ),
    Feast.TRUNG_THU: (
        *("6/10/2025", "25/9/2026", "15/9/2027", "3/10/2028", "22/9/2029", "12/9/2030"),
        *("1/10/2031", "19/9/2032", "8/9/2033", "26/9/2034", "16/9/2035"),
    ),
    Feast.FIRST_FULL_MOON: ("12/2/2025", "3/3/2026", "20/2/2027"),
    Feast.VU_LAN: ("6/9/2025", "27/8/2026", "16/8/2027"),
    Feast.DOAN_NGO: ("31/5/2025", "19/6/2026", "9/6/2027"),
}


@pytest.mark.parametrize(
    ("feast", "text"), [(feast, text) for feast, days in PUBLISHED.items() for text in days]
)
def test_a_feast_falls_on_its_published_day(feast: Feast, text: str) -> None:
    assert feast_in(feast, day(text).year).first == day(text)


@pytest.mark.parametrize("year", range(2025, 2036))
def test_the_tables_agree_with_the_reckoning_for_the_clocks_of_ha_noi(year: int) -> None:
    for number, month in ((1, 1), (15, 1), (1, 4), (5, 5), (15, 7), (15, 8)):
        tables = convert_lunar_to_solar(number, month, year)
        assert tables == convert_lunar_to_solar(number, month, year, 0, 7.0)


def test_tet_2030_is_a_day_before_the_chinese_new_year() -> None:
    assert feast_in(Feast.TET, 2030).first == date(2030, 2, 2)
    assert convert_lunar_to_solar(1, 1, 2030, 0, 8.0) == (3, 2, 2030)


def test_the_suoi_mo_festival_begins_on_the_last_day_of_a_month_of_29_days() -> None:
    festival = feast_in(Feast.SUOI_MO, 2027)
    assert (festival.first, festival.last) == (date(2027, 5, 5), date(2027, 5, 7))


def test_the_suoi_mo_festival_of_2024_was_on_the_7th_to_9th_of_may() -> None:
    festival = feast_in(Feast.SUOI_MO, 2024)
    assert (festival.first, festival.last) == (date(2024, 5, 7), date(2024, 5, 9))


def test_a_feast_of_today_is_the_next_one_and_tomorrow_it_is_next_years() -> None:
    tet = date(2027, 2, 6)
    assert next_feast(Feast.TET, tet).first == tet
    assert next_feast(Feast.TET, tet + timedelta(days=1)).first == date(2028, 1, 26)


def test_a_festival_of_three_days_is_not_over_on_the_second() -> None:
    assert next_feast(Feast.SUOI_MO, date(2027, 5, 6)).first == date(2027, 5, 5)


def test_coming_feasts_are_told_soonest_first() -> None:
    days = coming_feasts(date(2026, 11, 27))
    assert [each.feast for each in days[:3]] == [Feast.TET, Feast.FIRST_FULL_MOON, Feast.SUOI_MO]
    assert len(days) == len(Feast)


@pytest.fixture(autouse=True)
def times(settings: Any, db: None) -> None:
    zone_rates()
    delivery_rules(preparing_most=2)
    settings.LARGE_ORDER_FROM, settings.LARGE_ORDER_DAYS = 50, 5
    settings.FEAST_MARGIN_DAYS = {"tet": 4}


@pytest.mark.parametrize(
    ("arrives", "zone", "quantity", "expected"),
    [
        # Friday 15/1; two days on the way: Wednesday; two working days: Monday.
        ("15/1/2027", "local", 1, "11/1/2027"),
        # Six days on the way: Saturday 9/1; Friday and Thursday are worked.
        ("15/1/2027", "nam", 1, "7/1/2027"),
        # Five working days more, over a week-end.
        ("15/1/2027", "nam", 50, "31/12/2026"),
        ("15/1/2027", "nam", 49, "7/1/2027"),
    ],
)
def test_the_last_day_to_order(arrives: str, zone: str, quantity: int, expected: str) -> None:
    assert order_by(day(arrives), zone, quantity=quantity) == day(expected)


def test_far_zones_and_large_orders_are_ordered_earlier() -> None:
    today = date(2026, 11, 27)
    near = deadline_for(Feast.TET, today, "local").order_by
    far = deadline_for(Feast.TET, today, "nam").order_by
    many = deadline_for(Feast.TET, today, "nam", quantity=200).order_by
    assert many < far < near < date(2027, 2, 6) - timedelta(days=4)


def test_once_the_deadline_is_over_next_years_is_told() -> None:
    last = deadline_for(Feast.TET, date(2026, 11, 27), "nam").order_by
    assert deadline_for(Feast.TET, last, "nam").day.first == date(2027, 2, 6)
    assert deadline_for(Feast.TET, last + timedelta(days=1), "nam").day.first == date(2028, 1, 26)


def said(tag: str) -> str:
    return Template("{% load feast_tags %}" + tag).render(Context({}))


def test_a_gift_page_says_until_when_to_order() -> None:
    words = said('{% order_in_time "tet" quantity=100 %}')
    assert "Đặt chậm nhất" in words and "để kịp Tết" in words


def test_an_unknown_feast_is_not_spoken_of() -> None:
    assert said('{% order_in_time "giáng sinh" %}').strip() == ""

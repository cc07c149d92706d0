"""The bar chart and the spreadsheet of numbers."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from openpyxl import load_workbook

from shop.promotion.chart import BARS_ALONE, bar_chart, round_up
from shop.promotion.export import workbook_of
from shop.promotion.numbers import Day, Numbers

FIRST = date(2026, 11, 1)


def days(*values: int) -> list[tuple[date, int]]:
    return [(FIRST + timedelta(days=n), value) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("value", "top"), [(0, 2), (1, 2), (3, 4), (7, 8), (11, 20), (101, 200), (389_000, 400_000)]
)
def test_the_axis_ends_at_a_round_number(value: int, top: int) -> None:
    assert round_up(value) == top


def test_the_highest_bar_is_as_high_as_its_value_says() -> None:
    chart = bar_chart("Lượt xem", days(0, 5, 10))
    empty, half, full = chart.bars
    assert (empty.height, full.height) == (0, 160.0)
    assert half.height == 80.0
    assert full.y + full.height == chart.base
    assert full.text == "03/11/2026: 10"


def test_bars_alone_fill_their_picture_and_have_no_letters_too_small_to_read() -> None:
    chart = bar_chart("Bán", days(0, 5, 7), frame=BARS_ALONE)
    assert (chart.levels, chart.days) == ([], [])
    assert (chart.bars[2].y, chart.bars[2].height) == (BARS_ALONE.top, BARS_ALONE.room)
    assert bar_chart("Bán", days(0, 0), frame=BARS_ALONE).bars[0].height == 0


@pytest.mark.parametrize("number", [1, 7, 30, 90])
def test_bars_stay_inside_and_no_more_than_seven_days_are_named(number: int) -> None:
    chart = bar_chart("Lượt xem", days(*range(number)))
    assert len(chart.bars) == number and 1 <= len(chart.days) <= 7
    assert chart.left <= chart.bars[0].x
    assert chart.bars[-1].x + chart.bars[-1].width <= chart.right
    assert chart.days[-1].text == f"{FIRST + timedelta(days=number - 1):%d/%m}".lstrip("")


def test_money_is_said_in_dong_and_a_refunded_day_has_no_bar_below_the_floor() -> None:
    chart = bar_chart(
        "Doanh thu", [(FIRST, Decimal(-5)), (FIRST, Decimal(2_500_000))], is_money=True
    )
    assert chart.bars[0].height == 0
    assert "2.500.000" in chart.bars[1].text
    assert [level.text for level in chart.levels] == ["0", "2 tr", "4 tr"]


def test_it_is_drawn_without_style_or_script_and_with_points_for_decimals() -> None:
    drawn = render_to_string(
        "promotion/chart.html",
        {"chart": bar_chart("Lượt xem", days(1, 2, 3)), "kind": "views", "id": "a"},
    )
    assert 'role="img"' in drawn and "<title>02/11/2026: 2</title>" in drawn
    assert "style=" not in drawn and "<script" not in drawn
    assert 'height="80.0"' in drawn and ',0"' not in drawn


def test_the_spreadsheet_has_every_day_and_computes_nothing() -> None:
    numbers = Numbers(
        [
            Day(day=FIRST, views=3, added=2, orders=1, revenue=Decimal(100_000)),
            Day(day=date(2026, 11, 2)),
        ]
    )
    book = workbook_of('=HYPERLINK("x")', numbers, [("TETQUE", 1, 100_000)])
    rows = list(load_workbook(BytesIO(book)).active.iter_rows(values_only=True))
    assert rows[0][0] == '\'=HYPERLINK("x")'
    assert rows[2][1:] == (3, 2, 1, 100_000) and rows[2][0].date() == FIRST
    assert rows[4] == ("Cộng", 3, 2, 1, 100_000)
    assert rows[-1][0] == "TETQUE"
    cells = load_workbook(BytesIO(book)).active
    assert cells["A1"].data_type == "s"

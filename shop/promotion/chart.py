"""A plain bar chart as SVG, worked out here and drawn by a template: no script, no library."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format

from catalogue.money import format_dong

WIDTH, HEIGHT = 480, 200
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 12, 28
#: Share of its place that a bar leaves empty.
GAP = 0.25
#: Days named below the bars, no more than so many.
MOST_LABELS = 7


@dataclass(frozen=True)
class Bar:
    """In the units of the picture; `text` is read by those who point at it."""

    x: float
    y: float
    width: float
    height: float
    text: str


@dataclass(frozen=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True)
class Chart:
    title: str
    bars: list[Bar]
    #: Heights with their numbers, and days below.
    levels: list[Tick]
    days: list[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


def bar_chart(
    title: str, values: Sequence[tuple[date, int | Decimal]], *, is_money: bool = False
) -> Chart:
    """One bar a day, the axis from nought to a round number."""
    top = round_up(max((value for _day, value in values), default=0))
    room = HEIGHT - TOP - BOTTOM
    step = (WIDTH - LEFT - RIGHT) / max(1, len(values))
    bars = []
    for number, (day, value) in enumerate(values):
        height = round(room * float(max(value, 0)) / top, 1)
        words = format_dong(value) if is_money else str(value)
        bars.append(
            Bar(
                x=round(LEFT + step * (number + GAP / 2), 1),
                y=round(HEIGHT - BOTTOM - height, 1),
                width=round(step * (1 - GAP), 1),
                height=height,
                text=f"{date_format(day, 'd/m/Y')}: {words}",
            )
        )
    every = max(1, -(-len(values) // MOST_LABELS))
    return Chart(
        title=title,
        bars=bars,
        levels=[
            Tick(round(HEIGHT - BOTTOM - room * part, 1), _short(top * part, is_money))
            for part in (0, 0.5, 1)
        ],
        days=[
            Tick(round(LEFT + step * (number + 0.5), 1), date_format(day, "d/m"))
            for number, (day, _value) in enumerate(values)
            if (len(values) - 1 - number) % every == 0
        ],
    )


def round_up(value: int | Decimal) -> int:
    """The next even round number: 2, 4, 6, 8, 10, 20, 40…; never nought."""
    size = 1
    while True:
        for factor in (2, 4, 6, 8, 10):
            if value <= factor * size:
                return factor * size
        size *= 10


def _short(value: float, is_money: bool) -> str:
    """`250 k`, `1,5 tr` for money; whole numbers otherwise."""
    number = int(value)
    if is_money and number >= 1_000_000:
        return f"{number / 1_000_000:g} tr".replace(".", ",")
    if is_money and number >= 1_000:
        return f"{number / 1_000:g} k".replace(".", ",")
    return f"{number:,}".replace(",", ".")

"""A plain bar chart as SVG, worked out here and drawn by a template: no script, no library."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format

from catalogue.money import format_dong

#: Share of its place that a bar leaves empty.
GAP = 0.25
#: Days named below the bars, no more than so many.
MOST_LABELS = 7


@dataclass(frozen=True)
class Frame:
    """The size of the picture and what it keeps free around the bars."""

    width: int = 480
    height: int = 200
    left: int = 56
    right: int = 16
    top: int = 12
    bottom: int = 28

    @property
    def base(self) -> int:
        return self.height - self.bottom

    @property
    def room(self) -> int:
        return self.base - self.top


WITH_AXES = Frame()
#: Letters in a picture as narrow as a phone are too small: the caption says what it shows.
BARS_ALONE = Frame(height=90, left=0, right=0, top=2, bottom=2)


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
    width: int
    height: int
    left: int
    right: int
    base: int


def bar_chart(
    title: str,
    values: Sequence[tuple[date, int | Decimal]],
    *,
    is_money: bool = False,
    frame: Frame = WITH_AXES,
) -> Chart:
    """One bar a day, the axis from nought to a round number; no axes in `BARS_ALONE`."""
    has_axes = frame is not BARS_ALONE
    most = max((value for _day, value in values), default=0)
    top = float(round_up(most) if has_axes else most or 1)
    step = (frame.width - frame.left - frame.right) / max(1, len(values))
    bars = []
    for number, (day, value) in enumerate(values):
        height = round(frame.room * float(max(value, 0)) / top, 1)
        words = format_dong(value) if is_money else str(value)
        bars.append(
            Bar(
                x=round(frame.left + step * (number + GAP / 2), 1),
                y=round(frame.base - height, 1),
                width=round(step * (1 - GAP), 1),
                height=height,
                text=f"{date_format(day, 'd/m/Y')}: {words}",
            )
        )
    every = max(1, -(-len(values) // MOST_LABELS))
    levels = [
        Tick(round(frame.base - frame.room * part, 1), _short(top * part, is_money))
        for part in (0, 0.5, 1)
    ]
    days = [
        Tick(round(frame.left + step * (number + 0.5), 1), date_format(day, "d/m"))
        for number, (day, _value) in enumerate(values)
        if (len(values) - 1 - number) % every == 0
    ]
    return Chart(
        title=title,
        bars=bars,
        levels=levels if has_axes else [],
        days=days if has_axes else [],
        width=frame.width,
        height=frame.height,
        left=frame.left,
        right=frame.width - frame.right,
        base=frame.base,
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

"""Rows of the one table: what was measured, ours, the peers beside it, what was aimed at."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.peer import HOME

README = Path(__file__).resolve().parent / "README.md"
KEPT = HOME / "figures.json"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


@dataclass(frozen=True)
class Row:
    """One line; `met` is None where nothing was aimed at."""

    what: str
    ours: str
    peer: str = ""
    ratio: str = ""
    aim: str = ""
    met: bool | None = None

    @property
    def cells(self) -> list[str]:
        answer = {None: "", True: "yes", False: "**no**"}[self.met]
        return [self.what, self.ours, self.peer, self.ratio, self.aim, answer]


HEADS = ["", "ours", "peer", "ratio", "aim", "met"]


def at_least(what: str, ours: str, peer: str, ratio: float, aim: float) -> Row:
    return Row(what, ours, peer, times(ratio), f"≥ {aim:g}×", ratio >= aim)


def at_most(what: str, value: float, most: float, unit: str = "", peer: str = "") -> Row:
    return Row(what, f"{number(value)}{unit}", peer, "", f"≤ {most:g}{unit}", value <= most)


def times(ratio: float) -> str:
    return f"{number(ratio)}×"


def number(value: float) -> str:
    """Three figures, as many as such measurements are good for."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def keep(part: str, sections: Sequence[tuple[str, list[Row]]]) -> None:
    """Remember the rows of one part, so that a part can be run again by itself."""
    found = _read()
    found[part] = [(title, [asdict(row) for row in rows]) for title, rows in sections]
    KEPT.write_text(json.dumps(found, ensure_ascii=False, indent=1))


def kept(parts: Iterable[str]) -> list[tuple[str, list[Row]]]:
    found = _read()
    return [
        (title, [Row(**row) for row in rows])
        for part in parts
        for title, rows in found.get(part, ())
    ]


def _read() -> dict[str, list[tuple[str, list[dict[str, Any]]]]]:
    return json.loads(KEPT.read_text()) if KEPT.exists() else {}


def table(sections: Iterable[tuple[str, list[Row]]]) -> str:
    lines = [f"| {' | '.join(HEADS)} |", "|" + " --- |" * len(HEADS)]
    for title, rows in sections:
        lines.append(f"| **{title}** |" + " |" * (len(HEADS) - 1))
        lines += [f"| {' | '.join(row.cells)} |" for row in rows]
    return "\n".join(lines)


def write(words: str, sections: Iterable[tuple[str, list[Row]]]) -> None:
    """Put the table between its marks in the README."""
    text = README.read_text()
    new = f"{BEGIN}\n{words}\n\n{table(sections)}\n{END}"
    README.write_text(re.sub(f"{BEGIN}.*{END}", lambda _m: new, text, flags=re.DOTALL))

"""Where entries come from: each room registers what of its own can be found."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catalogue.lookup.models import Entry


@dataclass(frozen=True)
class Source:
    """One kind of rows: `findable()` is the queryset of those a visitor may find now, with all
    that `entry(row)` reads, so that a thousand rows cost no more queries than ten."""

    code: str
    findable: Callable[[], Any]
    entry: Callable[[Any], Entry]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let the rows of `source` be found."""
    _sources[source.code] = source


def all_sources() -> list[Source]:
    return list(_sources.values())


def source_of(code: str) -> Source:
    """Raises KeyError for a code that nobody registered."""
    return _sources[code]

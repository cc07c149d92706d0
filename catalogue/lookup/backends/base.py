"""What a backend does: finds entries. It does not rank; `catalogue.lookup.ranking` does."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from catalogue.lookup.models import Entry
from catalogue.lookup.wanted import Scope, Term

#: Entries that are ranked; what is found beyond them is counted only.
MOST_RANKED = 480
#: Matches of a kind that are counted for certain; a backend may stop at the next one.
MOST_COUNTED = 1000


class BackendDown(Exception):
    """The backend did not answer; the database can."""


class Row(NamedTuple):
    """What is read of an entry to rank and show it. `text` comes with `meant` only."""

    source: str
    key: int
    kind: str
    name: str
    name_en: str
    lead: str
    lead_en: str
    route: str
    address: str
    title: str
    places: str
    is_available: bool
    popularity: int
    text: str = ""


#: Columns of `Row` in the database, `text` aside.
COLUMNS = tuple(name for name in Row._fields if name != "text")


@dataclass(frozen=True)
class Matches:
    """Rows to rank, and how many there are of each kind in all: more than MOST_COUNTED means
    just that."""

    rows: list[Row] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


class Backend(Protocol):
    def find(
        self,
        terms: list[Term],
        scope: Scope,
        *,
        kind: str = "",
        most: int = MOST_RANKED,
    ) -> Matches:
        """Entries in which every term is found, at most `most` of them to rank: those whose
        title begins so, then titles, then the rest. `counts` are of every kind.
        Raises BackendDown."""

    def suggest(self, terms: list[Term], scope: Scope, most: int) -> list[Row]:
        """As `find`, but quick whatever is typed: no counts, titles before the rest."""

    def meant(self, terms: list[Term], scope: Scope, most: int) -> list[Row]:
        """As `suggest`, with text, titles and the rest alike: to tell what was meant."""

    def write(self, entries: Iterable[Entry]) -> None:
        """Entries that were written to the database; found so as soon as this returns."""

    def forget(self, entries: Iterable[Entry]) -> None:
        """Entries that are about to leave the database; not found once this returns."""

    def clear(self) -> None:
        """Start with nothing, ready for every entry to be written."""

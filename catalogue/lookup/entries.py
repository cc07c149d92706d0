"""What can be looked for: entries from each room, told by the rooms themselves."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.core.cache import cache
from django.utils.translation import get_language

from catalogue.text import fold

#: How long a list of entries is kept; a new name is found after that at the latest, seconds.
KEPT_SECONDS = 60


@dataclass(frozen=True)
class Entry:
    """One thing that can be found. `places` are its maker and communes, old and new.

    `title` is looked in, in every language; `name` and `lead` are shown where no card is.
    """

    kind: str
    key: int
    title: str
    name: str = ""
    places: str = ""
    text: str = ""
    url: str = ""
    lead: str = ""
    is_alcohol: bool = False

    @cached_property
    def words(self) -> tuple[list[str], list[str], list[str]]:
        """Folded words of title, places and text: the order of weight."""
        return words_of(self.title), words_of(self.places), words_of(self.text)


Source = Callable[[], Iterable[Entry]]
_sources: dict[str, Source] = {}


def words_of(text: str) -> list[str]:
    """Folded words, letters and digits only."""
    return "".join(c if c.isalnum() else " " for c in fold(text)).split()


def register(kind: str, source: Source) -> None:
    """Let `source` tell what there is of one kind, in the active language."""
    _sources[kind] = source


def all_entries() -> list[Entry]:
    """Entries of every kind in the visitor's language, kept for a minute."""
    key = f"lookup:{get_language()}"
    entries: list[Entry] | None = cache.get(key)
    if entries is None:
        entries = [entry for source in _sources.values() for entry in source()]
        cache.set(key, entries, KEPT_SECONDS)
    return entries

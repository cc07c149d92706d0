"""Entries kept true: after every change of a thing, and all of them anew by `rebuild_search`."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override

from catalogue.lookup.backends import backend
from catalogue.lookup.editions import entries_changed, words_changed
from catalogue.lookup.models import Entry, Word
from catalogue.lookup.sources import Source, all_sources, source_of
from catalogue.lookup.vocabulary import MOST_KEPT, counts_as_word, learn

#: Things read, folded and written together.
BATCH = 500
_UNIQUE = ["source", "key", "language"]
_UPDATED = [
    field.name for field in Entry._meta.concrete_fields if field.name not in ("id", *_UNIQUE)
]


def changed(source: str, keys: Iterable[int]) -> None:
    """These things changed, appeared or left: their entries follow after the commit."""
    from catalogue.lookup.tasks import refresh_entries

    pending = _pending()[source]
    before = len(pending)
    pending.update(keys)
    if len(pending) > before or before:
        transaction.on_commit(partial(_hand_over, source, refresh_entries.enqueue))


def _pending() -> dict[str, set[int]]:
    """Keys waiting for the commit of this connection. What a rollback leaves here is looked at
    with the next commit, which does no harm: a refresh only makes entries true."""
    if not hasattr(connection, "lookup_pending"):
        connection.lookup_pending = defaultdict(set)  # type: ignore[attr-defined]
    kept: dict[str, set[int]] = connection.lookup_pending  # type: ignore[attr-defined]
    return kept


def _hand_over(source: str, enqueue: Callable[..., Any]) -> None:
    """However often it was told of changes in one transaction, they become one task."""
    if keys := _pending().pop(source, None):
        enqueue(source, sorted(keys))


def refresh(source: str, keys: list[int]) -> int:
    """Write the entries of these things, remove those of what cannot be found any more.

    Returns how many can be found. Raises KeyError for an unknown source.
    """
    told = source_of(source)
    found = 0
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        entries = _entries(told, told.findable().filter(pk__in=batch), timezone.now())
        with transaction.atomic():
            known = {_place(row): row for row in Entry.objects.filter(source=source, key__in=batch)}
            # Gone, or in another language than before.
            gone = known.keys() - {_place(entry) for entry in entries}
            # A price or a text of the staff changes no entry.
            new = [
                entry for entry in entries if not _says_the_same(entry, known.get(_place(entry)))
            ]
            _write(new)
            _remove([known[place] for place in gone])
            learn({word for entry in new for word in words_in(entry)})
            if new or gone:
                entries_changed()
        found += len(entries)
    return found


def rebuild(advance: Callable[[int], Any] = lambda n: None) -> int:
    """Every entry anew, a batch at a time: memory does not grow with the shop.

    Searching goes on meanwhile. Calls `advance` with the number of things done. Returns how many
    entries there are.
    """
    started = timezone.now()
    backend().clear()
    uses: Counter[str] = Counter()
    for source in all_sources():
        for rows in _batches(source):
            entries = _entries(source, rows, timezone.now())
            with transaction.atomic():
                _write(entries)
                entries_changed()
            for entry in entries:
                uses.update(set(words_in(entry)))
            advance(len(rows))
    with transaction.atomic():
        _remove(list(Entry.objects.filter(written_at__lt=started).only("pk", *_UNIQUE)))
        Word.objects.all().delete()
        words = [Word(word=word, uses=n) for word, n in uses.most_common(MOST_KEPT)]
        Word.objects.bulk_create(words, batch_size=BATCH)
        words_changed()
    return Entry.objects.count()


def how_many() -> int:
    """Things that a rebuild will look at."""
    return sum(source.findable().count() for source in all_sources())


def words_in(entry: Entry) -> Iterator[str]:
    """Words that a visitor may be corrected to."""
    for column in (entry.title, entry.places, entry.text):
        yield from filter(counts_as_word, column.split())


def _batches(source: Source) -> Iterator[list[Any]]:
    last = 0
    while rows := list(source.findable().filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield rows
        last = rows[-1].pk


def _entries(source: Source, rows: Iterable[Any], now: datetime) -> list[Entry]:
    # Addresses and names are written as Vietnamese has them, whoever saved the thing.
    with override("vi"):
        entries = [source.entry(row) for row in rows]
    for entry in entries:
        entry.written_at = now
    return entries


def _write(entries: list[Entry]) -> None:
    if not entries:
        return
    Entry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=_UNIQUE, update_fields=_UPDATED
    )
    backend().write(entries)


def _remove(leaving: list[Entry]) -> None:
    if leaving:
        backend().forget(leaving)
        Entry.objects.filter(pk__in=[each.pk for each in leaving]).delete()


def _place(entry: Entry) -> tuple[int, str]:
    """Which of its source's entries this is."""
    return entry.key, entry.language


def _says_the_same(entry: Entry, known: Entry | None) -> bool:
    return known is not None and all(
        getattr(entry, field) == getattr(known, field)
        for field in _UPDATED
        if field != "written_at"
    )

"""Which edition of the index this is: what was found is kept for as long as it stays the same.

The stamps are rows, written in the transaction that changes entries or words, so whoever reads a
stamp sees at least what it stands for. They are random: one that a rollback took back never comes
again for something else.
"""

import secrets
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.db import connection

from catalogue.lookup.models import Edition

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


def edition_of(part: Edition.Part) -> str:
    """Its stamp; empty when nothing was written yet, and then nothing may be kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stamp FROM lookup_edition WHERE part = %s", [part.value])
        row = cursor.fetchone()
    return row[0] if row else ""


def entries_changed() -> None:
    """Other things may be found from this transaction on."""
    _stamp(Edition.Part.ENTRIES)


def words_changed() -> None:
    """Other words are known, to which a slip may be corrected."""
    _stamp(Edition.Part.ENTRIES, Edition.Part.WORDS)


def _stamp(*parts: Edition.Part) -> None:
    """Always in this order, so that two who write wait for each other and never for ever."""
    Edition.objects.bulk_create(
        [Edition(part=part, stamp=secrets.token_hex(16)) for part in parts],
        update_conflicts=True,
        unique_fields=["part"],
        update_fields=["stamp"],
    )


def kept_while(
    part: Edition.Part, most: int
) -> Callable[[Callable[Asked, Found]], Callable[Asked, Found]]:
    """Decorates what works something out of that part of the index and its arguments alone: the
    last `most` answers are kept in this process, each until the part changes."""

    def decorate(work_out: Callable[Asked, Found]) -> Callable[Asked, Found]:
        @lru_cache(maxsize=most)
        def at(edition: str, *asked: Asked.args, **named: Asked.kwargs) -> Found:
            return work_out(*asked, **named)

        @wraps(work_out)
        def kept(*asked: Asked.args, **named: Asked.kwargs) -> Found:
            # The stamp before the work: what is newer than its stamp is worked out once more.
            edition = edition_of(part)
            if not edition:
                return work_out(*asked, **named)
            return at(edition, *asked, **named)  # type: ignore[arg-type]  # all hashable

        return kept

    return decorate

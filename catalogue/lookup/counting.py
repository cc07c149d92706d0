"""What was looked for, counted per day, so that staff see what is missing. Nobody is named."""

import re
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet, Sum
from django.utils import timezone

from catalogue.lookup.folding import folded_words
from catalogue.lookup.models import SearchCount
from catalogue.tally import Tally

MOST_COUNTED_LETTERS = 100
#: Counts are kept for a little over a year, to compare a season with the last one.
KEPT_DAYS = 400
#: A phone, tax or identity number, or an address of mail, is somebody's: not counted.
_PERSONAL = re.compile(r"@|(?:\d[\s.\-]*){7,}")

# Django has no upsert that adds; both databases speak this one.
_ADD = """
    INSERT INTO lookup_searchcount (day, words, searches, zero) VALUES (%s, %s, %s, %s)
    ON CONFLICT (day, words) DO UPDATE SET
        searches = lookup_searchcount.searches + excluded.searches,
        zero = lookup_searchcount.zero + excluded.zero
"""


class Searched(NamedTuple):
    """Words looked for on one day, in vain or not."""

    day: date
    words: str
    in_vain: bool


def count_search(query: str, *, found_nothing: bool) -> None:
    """One more search of today, written before long; blank and personal text is left out."""
    words = folded_words(query)[:MOST_COUNTED_LETTERS]
    if words and not _PERSONAL.search(query):
        searches.add(Searched(timezone.localdate(), words, found_nothing))


def _write(taken: dict[Searched, int]) -> None:
    rows = [
        (each.day, each.words, times, times if each.in_vain else 0)
        for each, times in sorted(taken.items())
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, rows)


searches = Tally("searches", _write)


def most_searched(days: int) -> QuerySet[SearchCount, Any]:
    """`words`, `searches`, `zero` over the last `days` days, the most searched first."""
    since = timezone.localdate() - timedelta(days=days - 1)
    return (
        SearchCount.objects.filter(day__gte=since)
        .values("words")
        .annotate(searches=Sum("searches"), zero=Sum("zero"))
        .order_by("-searches", "words")
    )


def forget_old_counts() -> int:
    """Returns how many rows went."""
    before = timezone.localdate() - timedelta(days=KEPT_DAYS)
    return SearchCount.objects.filter(day__lt=before).delete()[0]

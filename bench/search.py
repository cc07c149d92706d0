"""Search by itself, inside the shop: `DATABASE_URL=… .venv/bin/python -m bench.search`.

What a page costs that is the first to ask since the index changed (later ones keep its answer):
suggestions while typing, whole words, beginnings and slips, and `icontains` as what one would write
without an index. Prints JSON: by kind the median and 95th percentile, milliseconds on the clock.
"""

import json
import statistics
import time
from collections.abc import Callable, Iterable
from typing import Any

from bench import django_shop  # noqa: F401  # first: it sets Django up  # isort: skip

from django.db.models import Q

from bench.names import AS_TYPED, EXACT, PREFIX, SLIPS
from catalogue.lookup.search import search
from catalogue.lookup.suggesting import suggest
from catalogue.lookup.vocabulary import vocabulary
from catalogue.lookup.wanted import Scope
from catalogue.models import Product

ROUNDS = 8


def main() -> None:
    vocabulary()
    scope = Scope("vi", shows_alcohol=True)
    typing = [text[:end] for text in AS_TYPED for end in range(2, len(text) + 1)]
    found = {
        "suggestions while typing": _timed(typing, lambda q: suggest(q, scope), 2),
        "suggestions with a slip": _timed(SLIPS, lambda q: suggest(q, scope)),
        "whole words": _timed(EXACT, lambda q: search(q, scope)),
        "beginnings": _timed(PREFIX, lambda q: search(q, scope)),
        "slips": _timed(SLIPS, lambda q: search(q, scope)),
        "icontains": _timed(EXACT, _icontains, 2),
    }
    print(json.dumps(found))


def _timed(
    queries: Iterable[str], ask: Callable[[str], Any], rounds: int = ROUNDS
) -> tuple[float, float]:
    spent = []
    for _round in range(rounds):
        for query in queries:
            started = time.perf_counter()
            ask(query)
            spent.append((time.perf_counter() - started) * 1000)
    spent.sort()
    return statistics.median(spent), spent[int(len(spent) * 0.95) - 1]


def _icontains(query: str) -> tuple[int, list[Any]]:
    """Every word somewhere in title or summary: finds no slip and nothing without marks."""
    found = Product.objects.listed()
    for word in query.split():
        found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    return found.count(), list(found.order_by("-priority", "title")[:24])


if __name__ == "__main__":
    main()

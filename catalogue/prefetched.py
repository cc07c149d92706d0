"""Rows that were read together, hung where `prefetch_related` would have hung them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any


def as_prefetched(row: Any, name: str, found: list[Any]) -> None:
    """Let a row have these related ones, as `prefetch_related` leaves them."""
    rows = getattr(row, name).get_queryset()
    rows._result_cache = found
    rows._prefetch_done = True
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = rows


def hang(owners: Iterable[Any], name: str, found: Iterable[Any], by: str) -> None:
    """Let each owner have as `name` those of the rows whose `by` is its key, in their order."""
    its = defaultdict(list)
    for row in found:
        its[getattr(row, by)].append(row)
    for owner in owners:
        # Not one list for two copies of the same owner.
        as_prefetched(owner, name, list(its[owner.pk]))

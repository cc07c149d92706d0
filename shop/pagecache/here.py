"""What every page says and only a publication changes, kept by this process: no cache is asked."""

import time
from collections.abc import Callable, Hashable
from typing import TypeVar

from django.utils.translation import get_language

from shop.pagecache.edition import current_edition

T = TypeVar("T")

#: Longest that a value is kept, seconds.
MOST_SECONDS = 300
#: Values kept; one more begins again.
MOST_KEPT = 200

_kept: dict[Hashable, tuple[str, float, object]] = {}


def remembered_here(name: Hashable, make: Callable[[], T]) -> T:
    """What `make` returned last in this language, unless something was published since.

    For values that nobody changes, since all who ask get the same one.
    """
    edition = current_edition()
    if edition is None:
        return make()
    key, now = (name, get_language()), time.monotonic()
    kept = _kept.get(key)
    if kept is not None and kept[0] == edition and now < kept[1]:
        return kept[2]  # type: ignore[return-value]
    made = make()
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[key] = edition, now + MOST_SECONDS, made
    return made


def forget_here() -> None:
    """Make all of it anew."""
    _kept.clear()

"""The edition of all that visitors see. Whoever writes changes it, and no older page is asked for.

With Redis a word under one key, looked at once a second by each process; without, the size of a
file that every process of the machine looks at each time (a millionth of a second). Two releases
that serve side by side hear of each other's changes and take none of each other's pages.
"""

import logging
import os
import secrets
import time
from pathlib import Path

from django.conf import settings
from django.core.cache import cache

from shop import release

logger = logging.getLogger(__name__)

_KEY = "pagecache:edition"
#: Longest that a process does not hear of another one's change, seconds.
LOOKED_AT_SECONDS = 1.0

_known: str | None = None
_looked_at = float("-inf")


def current_edition() -> str | None:
    """None while nobody can tell: then no page is kept, nor taken from what is kept."""
    word = _shared_word() if settings.PAGE_CACHE_SHARED else _word_of_file()
    return None if word is None else f"{word}.{release.stamp()}"


def next_edition() -> None:
    """Something that visitors see was written: once it is committed."""
    if settings.PAGE_CACHE_SHARED:
        _tell_others()
    else:
        _grow(Path(settings.PAGE_CACHE_EDITION_FILE))


def look_again() -> None:
    """Forget what this process knows; for tests and forks."""
    global _known, _looked_at
    _known, _looked_at = None, float("-inf")


# --- Redis ----------------------------------------------------------------------------------


def _shared_word() -> str | None:
    global _known, _looked_at
    now = time.monotonic()
    if now - _looked_at < LOOKED_AT_SECONDS:
        return _known
    # Before the answer: while one asks, the others go on with what is known.
    _looked_at = now
    try:
        found: str | None = cache.get(_KEY)
        if found is None:
            cache.add(_KEY, secrets.token_hex(8), None)
            found = cache.get(_KEY)
    except Exception:  # whatever the cache's client raises: pages are drawn as if none were kept
        logger.warning("the shared cache does not answer; no page is kept", exc_info=True)
        found = None
    if _looked_at == now:  # else this process wrote meanwhile, and knows better
        _known = found
    return _known


def _tell_others() -> None:
    global _known, _looked_at
    word = secrets.token_hex(8)
    try:
        cache.set(_KEY, word, None)
    except Exception:  # what was written stays written; pages end by their age
        logger.exception("the shared cache does not answer; pages may be old for a minute")
        word = ""
    _known, _looked_at = word or None, time.monotonic()


# --- One machine ----------------------------------------------------------------------------


def _word_of_file() -> str | None:
    path = settings.PAGE_CACHE_EDITION_FILE
    try:
        found = os.stat(path)
    except FileNotFoundError:
        _grow(Path(path))
        return None
    return f"{found.st_ino}.{found.st_size}"


def _grow(path: Path) -> None:
    """A byte more: appending is whole on every system, so that no change is lost."""
    with path.open("ab") as file:
        file.write(b".")

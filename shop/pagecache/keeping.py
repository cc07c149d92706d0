"""Where pages are kept: in the memory of each process and, with Redis, in the cache of all.

Bounded by bytes: who asks for address after address only pushes out what nobody asks for.
"""

import hashlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.cache import cache

from shop.pagecache.asking import Asked
from shop.pagecache.drawing import KeptPage

logger = logging.getLogger(__name__)

#: An aged page is shown so much longer while one visitor has it drawn anew, s.
GRACE_SECONDS = 10
#: Longest wait for a page that another visitor, or another process, is having drawn, s.
PATIENCE_SECONDS = 5.0
_LOOK_SECONDS = 0.02

Key = tuple[str, Asked]


class Memory:
    """Pages of this process, the longest unasked pushed out first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._drawing: dict[Key, threading.Event] = {}
        self._bytes = 0

    def get(self, key: Key) -> KeptPage | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def fresh(self, key: Key) -> KeptPage | None:
        """One that need not be drawn anew yet."""
        page = self.get(key)
        return page if page is not None and page.ages > time.time() else None

    def put(self, key: Key, page: KeptPage) -> None:
        most = settings.PAGE_CACHE_MEGABYTES * 1024 * 1024
        if page.size > most:
            return
        with self._lock:
            if (old := self._pages.pop(key, None)) is not None:
                self._bytes -= old.size
            self._pages[key] = page
            self._bytes += page.size
            while self._bytes > most:
                _key, gone = self._pages.popitem(last=False)
                self._bytes -= gone.size

    def begin(self, key: Key) -> threading.Event | None:
        """None for the first who asks, and has to `end` it; for others the event to wait for."""
        with self._lock:
            waiting = self._drawing.get(key)
            if waiting is None:
                self._drawing[key] = threading.Event()
            return waiting

    def end(self, key: Key) -> None:
        with self._lock:
            event = self._drawing.pop(key)
        event.set()

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    @property
    def facts(self) -> dict[str, int]:
        return {"pages": len(self._pages), "bytes": self._bytes}


memory = Memory()


# --- The cache of all processes -------------------------------------------------------------


def name_of(key: Key) -> str:
    return "kept-page:" + hashlib.blake2b(repr(key).encode(), digest_size=20).hexdigest()


def take_shared(name: str) -> KeptPage | None:
    if not settings.PAGE_CACHE_SHARED:
        return None
    try:
        page: KeptPage | None = cache.get(name)
    except Exception:  # whatever the cache's client raises, the page can be drawn
        logger.warning("the shared cache does not answer", exc_info=True)
        return None
    return page if page is not None and page.ages > time.time() else None


def put_shared(name: str, page: KeptPage) -> None:
    if not settings.PAGE_CACHE_SHARED:
        return
    try:
        cache.set(name, page, max(1, int(page.ages - time.time())))
    except Exception:
        logger.warning("the shared cache does not answer", exc_info=True)


@contextmanager
def turn_among_processes(name: str) -> Iterator[KeptPage | None]:
    """Yields None to the process that has to draw; to others the page, once it is there."""
    if not settings.PAGE_CACHE_SHARED:
        yield None
        return
    turn: Any = f"{name}:turn"
    if _take_turn(turn):
        try:
            yield None
        finally:
            _end_turn(turn)
        return
    until = time.monotonic() + PATIENCE_SECONDS
    page = None
    while page is None and time.monotonic() < until:
        time.sleep(_LOOK_SECONDS)
        page = take_shared(name)
        if page is None and not _is_taken(turn):
            break
    yield page


def _take_turn(turn: str) -> bool:
    try:
        return bool(cache.add(turn, 1, int(PATIENCE_SECONDS)))
    except Exception:
        return True


def _is_taken(turn: str) -> bool:
    try:
        return cache.get(turn) is not None
    except Exception:
        return False


def _end_turn(turn: str) -> None:
    try:
        cache.delete(turn)
    except Exception:
        logger.warning("the shared cache does not answer", exc_info=True)

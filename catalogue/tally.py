"""Sums gathered in the memory of a process and written together, off the visitor's way.

They are written after an answer has been sent, every half minute at most, and when the process
ends; one that is killed loses less than half a minute of them.
"""

import atexit
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from django.core.signals import request_finished
from django.db import DatabaseError, transaction

logger = logging.getLogger(__name__)

FLUSH_SECONDS = 30
#: More different things than this are written at once.
MOST_WAITING = 500

Key = TypeVar("Key", bound=Hashable)


class Tally(Generic[Key]):
    """How often each thing happened; `write` adds what is given to it to the database.

    `write` runs in a transaction, at the same time in several processes: it goes through rows in
    one order, so that two of them wait for each other and never for ever.
    """

    def __init__(self, name: str, write: Callable[[dict[Key, int]], None]) -> None:
        self.name = name
        self.write = write
        self._waiting: Counter[Key] = Counter()
        self._lock = threading.Lock()
        self._since = 0.0

    def add(self, what: Key) -> None:
        with self._lock:
            if not self._waiting:
                self._since = time.monotonic()
            self._waiting[what] += 1

    def flush(self) -> int:
        """Write what waits in this process; how many counts that were."""
        with self._lock:
            taken = dict(self._waiting)
            self._waiting.clear()
        if not taken:
            return 0
        try:
            with transaction.atomic():
                self.write(taken)
        except DatabaseError:
            logger.exception("counts were not written; they wait")
            with self._lock:
                self._waiting.update(taken)
                self._since = time.monotonic()
            return 0
        return sum(taken.values())

    def forget(self) -> None:
        """Drop what waits; for tests."""
        with self._lock:
            self._waiting.clear()

    def flush_when_due(self, **kwargs: Any) -> None:
        """After an answer has been sent."""
        waits = time.monotonic() - self._since
        if self._waiting and (len(self._waiting) > MOST_WAITING or waits >= FLUSH_SECONDS):
            self.flush()

    def connect(self) -> None:
        """Write from now on whenever it is time."""
        request_finished.connect(self.flush_when_due, dispatch_uid=f"tally.{self.name}")
        atexit.register(self._flush_at_exit)

    def _flush_at_exit(self) -> None:
        try:
            self.flush()
        except Exception:  # the database is gone already, or was never there
            logger.debug("counts lost at exit", exc_info=True)

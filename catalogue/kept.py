"""What is made of goods, kept in memory by exactly what it was made of.

The key holds what the database says now, so nothing has to be dropped when something changes.
"""

from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b
from threading import Lock
from typing import Generic, TypeVar

from django.utils import timezone
from django.utils.translation import get_language

Made = TypeVar("Made")


def here_and_now(now: datetime) -> tuple[str, str]:
    """Language and day, which decide about words besides what was read."""
    return get_language() or "", timezone.localdate(now).isoformat()


def digest_of(*texts: Iterable[str]) -> bytes:
    """One short key of all that these say."""
    said = "\n".join(each for some in texts for each in some)
    return blake2b(said.encode(), digest_size=16).digest()


class Kept(Generic[Made]):
    """Things made of late by their digests, each until a moment of its own. Bounded."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[bytes, tuple[Made, datetime | None]] = OrderedDict()
        self._lock = Lock()

    def get(self, digest: bytes, now: datetime) -> Made | None:
        with self._lock:
            made, until = self._made.get(digest, (None, None))
            if made is None or (until is not None and until <= now):
                return None
            self._made.move_to_end(digest)
            return made

    def put(self, digest: bytes, made: Made, until: datetime | None) -> None:
        with self._lock:
            self._made[digest] = made, until
            if len(self._made) > self._most:
                self._made.popitem(last=False)

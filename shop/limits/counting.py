"""Counting in windows of time, in a cache that all processes share where there is Redis.

One window may hold the whole of its limit at its end and the next one at its beginning: twice the
rate for a moment, which the figures allow for.
"""

import hashlib
import logging
import time
import zlib
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches

from shop.limits.rates import rate

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Usage:
    """How often in this window, how often it may be, and the seconds until the next one."""

    count: int
    limit: int
    seconds_left: int

    @property
    def is_over(self) -> bool:
        return self.count > self.limit

    @property
    def is_used_up(self) -> bool:
        return self.count >= self.limit


def count(name: str, who: str) -> Usage:
    """Count one more of `name`, a key of `RATE_LIMITS`, for `who`."""
    limit, period = rate(settings.RATE_LIMITS[name])
    key, left = _window(name, who, period)
    cache = caches["limits"]
    try:
        cache.add(key, 0, period)
        try:
            number = cache.incr(key)
        except ValueError:  # it ran out between the two
            cache.set(key, number := 1, period)
    except Exception:  # a cache that is down must not close the shop
        logger.exception("could not count %s", name)
        number = 0
    return Usage(number, limit, left)


def counted(name: str, who: str) -> Usage:
    """The same without counting."""
    limit, period = rate(settings.RATE_LIMITS[name])
    key, left = _window(name, who, period)
    try:
        number = caches["limits"].get(key, 0)
    except Exception:
        logger.exception("could not read the count of %s", name)
        number = 0
    return Usage(number, limit, left)


def forget(name: str, who: str) -> None:
    """Begin from nothing again."""
    _limit, period = rate(settings.RATE_LIMITS[name])
    try:
        caches["limits"].delete(_window(name, who, period)[0])
    except Exception:
        logger.exception("could not forget the count of %s", name)


def _window(name: str, who: str, period: int) -> tuple[str, int]:
    """The key of this window, hashed since `who` may be anything, and its seconds left.

    Windows of different visitors begin at different moments, so that not all come back at once.
    """
    shifted = int(time.time()) + zlib.crc32(who.encode()) % period
    mark = hashlib.sha256(f"{name}|{period}|{who}|{shifted // period}".encode()).hexdigest()
    return mark, period - shifted % period

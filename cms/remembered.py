"""What changes only when somebody publishes: kept in the cache until then.

With several processes and no shared cache each keeps its own; that another one published, the
edition of all pages tells.
"""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import get_language

from shop.pagecache.edition import current_edition

#: Longest that a list is remembered, seconds.
MOST_SECONDS = 300
_VERSION_KEY = "cms:version"
_NOTHING_KEPT = object()


def remembered(name: str, make: Callable[[], Any]) -> Any:
    """What `make` returned last in this language, unless something was published since."""
    key = f"cms:{name}:{get_language()}:{cache.get(_VERSION_KEY, 0)}:{current_edition()}"
    found = cache.get(key, _NOTHING_KEPT)
    if found is _NOTHING_KEPT:
        found = make()
        cache.set(key, found, MOST_SECONDS)
    return found


def remembered_of(page: Any, request: HttpRequest, name: str, make: Callable[[], Any]) -> Any:
    """As `remembered`, for what one page says of itself; a preview is always made anew."""
    if getattr(request, "is_preview", False) or page.pk is None:
        return make()
    return remembered(f"{name}:{page.pk}:{page.live_revision_id}", make)


def forget() -> None:
    """Something that lists are made of has changed."""
    try:
        cache.incr(_VERSION_KEY)
    except ValueError:
        cache.set(_VERSION_KEY, 1, None)

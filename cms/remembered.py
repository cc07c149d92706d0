"""What changes only when somebody publishes: kept in the cache under the edition of all pages."""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import get_language

from shop.pagecache.edition import current_edition

#: Longest that a list is remembered, seconds.
MOST_SECONDS = 300
_NOTHING_KEPT = object()


def remembered(name: str, make: Callable[[], Any]) -> Any:
    """What `make` returned last in this language, unless something was published since."""
    edition = current_edition()
    if edition is None:
        return make()
    key = f"cms:{name}:{get_language()}:{edition}"
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

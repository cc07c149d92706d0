"""The first middleware: a kept page, or the shop and then perhaps a page to keep."""

import math
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from catalogue.browse.keeping import next_turn
from shop.observability.metrics import count_not_kept
from shop.pagecache.asking import names_of, take_off
from shop.pagecache.counting import count
from shop.pagecache.drawing import KeptPage, Reader, answer, keep_of, why_not_kept
from shop.pagecache.keeping import (
    GRACE_SECONDS,
    PATIENCE_SECONDS,
    Key,
    memory,
    name_of,
    put_shared,
    take_shared,
    turn_among_processes,
)
from shop.pagecache.lookup import key_of, reader_of
from shop.pagecache.pages import public_params


class PageCacheMiddleware:
    """Stands before all others: a kept page costs none of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.PAGE_CACHE_SECONDS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = key_of(request)
        if key is None:
            count("bypassed")
            return self.get_response(request)
        page = memory.get(key)
        if page is not None and page.ages > time.time():
            count("hits")
            return answer(page, reader_of(request, key[1])).response
        return self._not_in_memory(request, key, page)

    def _not_in_memory(
        self, request: HttpRequest, key: Key, old: KeptPage | None
    ) -> HttpResponseBase:
        asked = key[1]
        params = public_params(request.path_info)
        if params is None or not names_of(asked.query) <= params:
            count("bypassed")
            return self.get_response(request)
        reader = reader_of(request, asked)
        waiting = memory.begin(key)
        if waiting is None:
            try:
                return self._shared_or_drawn(request, key, reader)
            finally:
                memory.end(key)
        if old is not None and old.ends > time.time():
            count("old")
            return answer(old, reader).response
        waiting.wait(PATIENCE_SECONDS)
        page = memory.fresh(key)
        if page is not None:
            count("hits")
            return answer(page, reader).response
        return self._drawn(request, key, reader)

    def _shared_or_drawn(self, request: HttpRequest, key: Key, reader: Reader) -> HttpResponseBase:
        name = name_of(key)
        page = take_shared(name)
        if page is None:
            with turn_among_processes(name) as page:
                if page is None:
                    return self._drawn(request, key, reader)
        memory.put(key, page)
        count("shared")
        return answer(page, reader).response

    def _drawn(self, request: HttpRequest, key: Key, reader: Reader) -> HttpResponseBase:
        take_off(request, key[1])
        # Before it is drawn: a price that turns meanwhile may stand on it as it was.
        ages, ends = _ages_and_ends()
        response: Any = self.get_response(request)
        if why := why_not_kept(request, response):
            count("private")
            count_not_kept(why)
            return response
        page = keep_of(response, ages, ends)
        memory.put(key, page)
        put_shared(name_of(key), page)
        count("misses")
        return answer(page, reader).response


def _ages_and_ends() -> tuple[float, float]:
    """Of a page drawn now: by the clock, and neither later than a price turns."""
    ages = time.time() + settings.PAGE_CACHE_SECONDS
    turn = next_turn()
    turns = turn.timestamp() if turn is not None else math.inf
    return min(ages, turns), min(ages + GRACE_SECONDS, turns)

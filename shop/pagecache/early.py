"""What this process has in memory goes out before Django begins a request.

Half of what a kept page costs behind Django's handler is the handler's: signals, the chain of
middlewares, each header looked at twice. Whatever is not in memory, `middleware` answers.
"""

from collections.abc import Iterable
from time import perf_counter
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest

from shop.observability.ids import HEADER, id_for
from shop.observability.middleware import Watch
from shop.pagecache.counting import count
from shop.pagecache.drawing import Answer, answer
from shop.pagecache.keeping import memory
from shop.pagecache.lookup import key_of, reader_of


class EarlyPages:
    """WSGI middleware around the whole of Django."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.watch = Watch()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if settings.PAGE_CACHE_SECONDS:
            started = perf_counter()
            request = WSGIRequest(environ)
            found = _found(request)
            if found is not None:
                count("hits")
                request_id = id_for(request)
                seconds = perf_counter() - started
                self.watch.note_early(request, found.status.value, seconds, request_id)
                headers = [*found.headers, (HEADER, request_id)]
                start_response(f"{found.status.value} {found.status.phrase}", headers)
                return [found.body]
        return self.application(environ, start_response)


def _found(request: WSGIRequest) -> Answer | None:
    key = key_of(request)
    page = memory.fresh(key) if key is not None else None
    if key is None or page is None:
        return None
    return answer(page, reader_of(request, key[1]))

"""Around every request: its id, its line in the access log, its numbers."""

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from structlog.contextvars import bind_contextvars, bound_contextvars, clear_contextvars

from shop.observability import metrics
from shop.observability.ids import HEADER, id_for
from shop.observability.scrubbing import scrubbed_path

access = logging.getLogger("shop.access")
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class QueryCounter:
    """An execute wrapper of Django's: how many queries, how many seconds in the database."""

    __slots__ = ("count", "seconds")

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        started = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            self.seconds += perf_counter() - started


class Watch:
    """The numbers of a request and its line in the access log, as far as they are asked for."""

    def __init__(self) -> None:
        self.logs = settings.ACCESS_LOG
        self.measures = bool(settings.METRICS_TOKEN)

    @property
    def is_on(self) -> bool:
        return self.logs or self.measures

    def note(
        self, request: HttpRequest, status: int, seconds: float, queries: QueryCounter
    ) -> None:
        match = request.resolver_match
        view = match.view_name if match else ""
        if self.measures:
            metrics.observe_request(request, view, status, seconds)
            metrics.observe_queries(view, queries.count, queries.seconds)
        if self.logs:
            access.info(
                "request",
                extra={
                    "method": request.method,
                    "view": view,
                    "path": scrubbed_path(request),
                    "status": status,
                    "ms": round(seconds * 1000, 1),
                    "queries": queries.count,
                },
            )

    def note_early(
        self, request: HttpRequest, status: int, seconds: float, request_id: str
    ) -> None:
        """Of an answer that went out before Django began: without a query."""
        if self.is_on:
            with bound_contextvars(request_id=request_id):
                self.note(request, status, seconds, QueryCounter())


class RequestMiddleware:
    """Outermost but for the probes. What it costs stands in docs/operator.en.md's table."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.watch = Watch()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Threads serve one request after another.
        clear_contextvars()
        request_id = id_for(request)
        bind_contextvars(request_id=request_id)
        response = self._watched(request) if self.watch.is_on else self.get_response(request)
        response.headers[HEADER] = request_id
        clear_contextvars()
        return response

    def _watched(self, request: HttpRequest) -> HttpResponseBase:
        queries = QueryCounter()
        started = perf_counter()
        with connection.execute_wrapper(queries):
            response = self.get_response(request)
        self.watch.note(request, response.status_code, perf_counter() - started, queries)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> None:
        """Everything said while an order's page is answered names the order."""
        if "number" in kwargs:
            bind_contextvars(order=str(kwargs["number"]))

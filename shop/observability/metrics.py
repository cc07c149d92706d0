"""The numbers that the serving processes count. What the database knows is in `business.py`.

Labels are names of views, providers and outcomes: never a path, a person or an order.
"""

import os
from typing import Any

import prometheus_client.values as values
from django.http import HttpRequest
from prometheus_client import Counter, Histogram

from shop.observability import processes

if processes.DIRECTORY in os.environ:
    # The library's seam for servers whose workers have places; must be said before any metric.
    values.ValueClass = values.MultiProcessValue(processes.name)

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
#: Seconds. A page from the cache is below the first, a slow provider above the last.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
#: Address views that providers and carriers speak to → the part that names who speaks.
WEBHOOKS = {"webhooks:told": "provider", "carriers:told": "carrier", "webhooks:stripe": ""}

REQUESTS = Counter(
    "shop_http_requests", "Answers, by view, method and status", ("view", "method", "status")
)
LATENCY = Histogram(
    "shop_http_request_duration_seconds", "Time to an answer", ("view",), buckets=BUCKETS
)
QUERIES = Counter("shop_db_queries", "Queries while answering", ("view",))
QUERY_SECONDS = Counter("shop_db_seconds", "Time in the database while answering", ("view",))
WEBHOOK = Counter("shop_webhooks", "Messages of providers and carriers", ("provider", "status"))
SIGN_INS = Counter("shop_sign_ins", "Tries to sign in: ok, failed, locked-out", ("outcome",))
PAGE_CACHE = Counter("shop_page_cache", "Pages asked of the page cache", ("outcome",))
PAGE_NOT_KEPT = Counter(
    "shop_page_not_kept", "Answers at public addresses that were for one visitor", ("reason",)
)
REFUSED = Counter("shop_rate_limited", "Requests refused for coming too often", ("limit",))


def observe_request(request: HttpRequest, view: str, status: int, seconds: float) -> None:
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(view, method, status).inc()
    LATENCY.labels(view).observe(seconds)
    # 404 is a provider that is not set up: anybody could invent names.
    if view in WEBHOOKS and status != 404:
        match = request.resolver_match
        assert match is not None  # it has a name
        provider: Any = match.kwargs.get(WEBHOOKS[view], "stripe")
        WEBHOOK.labels(provider, status).inc()


def observe_queries(view: str, count: int, seconds: float) -> None:
    if count:
        QUERIES.labels(view).inc(count)
        QUERY_SECONDS.labels(view).inc(seconds)


def count_sign_in(outcome: str) -> None:
    SIGN_INS.labels(outcome).inc()


def count_page_cache(outcome: str) -> None:
    """`outcome` is one of `shop.pagecache.counting.NAMES`."""
    PAGE_CACHE.labels(outcome).inc()


def count_not_kept(reason: str) -> None:
    """`reason` is one that `shop.pagecache.drawing.why_not_kept` names."""
    PAGE_NOT_KEPT.labels(reason).inc()


def count_refused(limit: str) -> None:
    """A request refused by the limit of this name."""
    REFUSED.labels(limit).inc()

"""Listings at 200 products and at 100,000, on one database in one run.

    DATABASE_URL=postgresql:///bench .venv/bin/python -m bench.catalogue [--products 100000]

Needs a migrated, empty scratch database; fills it by `bench.generate`, first with 200 products.
Times are of whole requests in this process, milliseconds, median; what counts is the last column.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable

from bench.generate import generate  # first: it sets Django up  # isort: skip

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.browse.keeping import forget_shelf, shelf_today
from catalogue.browse.selection import Facet
from catalogue.models import Product
from shop.partner.models import StockRecord

SMALL = 200
#: What a page at the larger number may cost, times the smaller (issue: 1.5).
MOST = 1.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    if Product.objects.browsable().count() > SMALL:
        sys.exit(f"There are more than {SMALL} products already: begin with an empty database.")
    small = measure(SMALL, options.rounds)
    large = measure(options.products, options.rounds)
    print(f"\n{'milliseconds, median':34} {SMALL:>8} {options.products:>9}   ratio  queries")
    for name, (before, _queries) in small.items():
        after, queries = large[name]
        mark = "  over" if after > MOST * before else ""
        print(f"{name:34} {before:8.1f} {after:9.1f} {after / before:7.2f} {queries:8}{mark}")


def measure(products: int, rounds: int) -> dict[str, tuple[float, int]]:
    """By page: the median, milliseconds, and its queries."""
    generate(products)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    forget_shelf()
    started = time.perf_counter()
    shelf = shelf_today()
    print(f"{shelf.size} products on the shelf, read in {time.perf_counter() - started:.2f} s")
    started = time.perf_counter()
    StockRecord.objects.latest("pk").save()
    shelf_today()
    print(f"mended after a change in {(time.perf_counter() - started) * 1000:.0f} ms")
    group = max(shelf.options[Facet.GROUP].items(), key=lambda pair: pair[1].bit_count())[0]
    maker = max(shelf.options[Facet.PRODUCER].items(), key=lambda pair: pair[1].bit_count())[0]
    pages = {
        "catalogue": "/san-pham/",
        "catalogue, page 3": "/san-pham/?trang=3",
        "catalogue, cheapest first": "/san-pham/?sap=gia-tang",
        "category": f"/nhom/{group}/",
        "four stars, in stock": "/san-pham/?sao=4&con=1",
        "one producer": f"/san-pham/?nsx={maker}",
    }
    client = Client(headers={"user-agent": "Mozilla/5.0"})
    return {name: _timed(lambda url=url: client.get(url), rounds) for name, url in pages.items()}


def _timed(ask: Callable[[], object], rounds: int) -> tuple[float, int]:
    ask()
    connection.queries_log.clear()  # full, it would count nothing more
    with CaptureQueriesContext(connection) as queries:
        ask()
    times = []
    for _round in range(rounds):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), len(queries)


if __name__ == "__main__":
    main()

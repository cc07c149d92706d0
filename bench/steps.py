"""What each step of a guest's purchase costs the server: queries and CPU, without a network.

    DATABASE_URL=postgresql://… .venv/bin/python -m bench.steps [--times 40] [--profile <step>]

Into a scratch copy of a prepared shop (`bench/prepare.py`); `bench.checkout` asks for the queries.
CPU is the process's own; PostgreSQL's is not in it. `--profile` prints where a step's time goes.
"""

import argparse
import cProfile
import os
import pstats
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
os.environ.setdefault("SHOP_MODE", "demo")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.checkout import ADDRESS, BY_HTMX, CHECKOUT, token_in, value_of  # noqa: E402


class Journey:
    """One guest's way; `measure` runs each step of it."""

    def __init__(
        self, browser: Client, product: str, measure: Callable[[str, Callable[[], Any]], Any]
    ) -> None:
        self.product = product
        self.measure = measure
        # One client, whose handler is made once, without the cookies of the guest before.
        self.browser = browser
        browser.cookies.clear()

    def run(self) -> None:
        go, browser = self.measure, self.browser
        page = go("product page", lambda: browser.get(self.product)).content.decode()
        target = page.split('action="/gio-hang/them/')[1].split('"')[0]
        posted = {"csrfmiddlewaretoken": token_in(page), "quantity": "1", "buy_now": "1"}
        go("add to basket", lambda: browser.post(f"/gio-hang/them/{target}", posted))
        go("basket page", lambda: browser.get("/gio-hang/"))
        page = go("checkout page", lambda: browser.get("/thanh-toan/")).content.decode()
        typed = {
            **ADDRESS,
            "csrfmiddlewaretoken": token_in(page),
            "placement_key": value_of("placement_key", page),
        }
        here = CHECKOUT
        go("fee asked without htmx", lambda: browser.post(here, {**typed, "action": "refresh"}))
        page = go("fee asked", lambda: browser.post(here, typed, headers=BY_HTMX)).content.decode()
        typed |= {"shown": value_of("shown", page), "action": "place"}
        done = go("place order", lambda: browser.post(here, typed))
        assert done.status_code == 302, done.content.decode()
        go("thanks page", lambda: browser.get(done["Location"]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--profile", default="", help="a step's name: where its time goes")
    parser.add_argument("--queries", default="", help="a step's name: print its statements")
    options = parser.parse_args()
    from bench.on_sale import put_on_sale

    product = put_on_sale(1_000_000)
    browser = Client(HTTP_HOST="127.0.0.1")
    spent: dict[str, list[float]] = {}
    counted: dict[str, int] = {}
    profile = cProfile.Profile()

    def count(name: str, step: Callable[[], Any]) -> Any:
        with CaptureQueriesContext(connection) as captured:
            answer = step()
        counted[name] = len(captured)
        if name == options.queries:
            for number, query in enumerate(captured, start=1):
                print(f"{number:3} {query['time']} {query['sql'][:1500]}\n")
        return answer

    def clock(name: str, step: Callable[[], Any]) -> Any:
        if name == options.profile:
            profile.enable()
        started = time.process_time()
        answer = step()
        spent.setdefault(name, []).append((time.process_time() - started) * 1000)
        profile.disable()
        return answer

    Journey(browser, product, lambda _name, step: step()).run()
    Journey(browser, product, count).run()
    for _time in range(options.times):
        Journey(browser, product, clock).run()
    if options.profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(90)
    print(f"{'':24}{'queries':>8}{'CPU ms':>8}")
    for name, times in spent.items():
        print(f"{name:24}{counted[name]:8}{statistics.median(times):8.1f}")


if __name__ == "__main__":
    main()

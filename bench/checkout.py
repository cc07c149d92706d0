"""A guest's purchase from the product page to the order, beside stock django-oscar 4.2.1.

    DATABASE_URL=postgresql://… .venv/bin/python -m bench.checkout [--seconds 20] [--buyers 8]

Both shops run at the same time's turn on the same PostgreSQL under gunicorn (two processes, four
threads); rounds alternate. Then fifty buyers at once want ten jars of each. Prints orders per
minute, the ratio, and how many more jars each shop sold than it has.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import requests

from bench.peer import HOME, ROOT, make_environment, scratch_database, served

ROUNDS = 3
JARS, BUYERS_AT_ONCE = 10, 50
PLENTY = 1_000_000
Buy = Callable[[str, str], bool]


def token_in(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return found[1] if found else ""


def value_of(name: str, page: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def buy_here(address: str, product: str) -> bool:
    """Product page, “Mua ngay”, checkout page with the address, order: what a buyer without
    JavaScript sends, who asks for the fee by the province's own button."""
    with requests.Session() as browser:
        page = browser.get(address + product).text
        key = re.search(r"/gio-hang/them/(\d+)/|action=\"(/gio-hang/[^\"]+)\"", page)
        if key is None:
            return False
        target = key[2] or key[0]
        wanted = {"csrfmiddlewaretoken": token_in(page), "quantity": "1", "buy_now": "1"}
        page = browser.post(address + target, wanted).text
        typed = {
            "csrfmiddlewaretoken": token_in(page),
            "placement_key": value_of("placement_key", page),
            "full_name": "Nguyễn Thị Hoa",
            "phone": "0912 345 678",
            "email": "hoa@example.com",
            "province": "01",
            "ward": "00166",
            "street": "12 ngõ 68 Cầu Giấy",
            "delivery": "zone",
            "payment": "cod",
        }
        page = browser.post(address + "/thanh-toan/", {**typed, "action": "refresh"}).text
        typed["shown"] = value_of("shown", page)
        done = browser.post(
            address + "/thanh-toan/", {**typed, "action": "place"}, allow_redirects=True
        )
        return "/cam-on/" in done.url


def buy_there(address: str, product: str) -> bool:
    """The same in the stock shop: its pages, in its order."""
    with requests.Session() as browser:
        page = browser.get(address + product).text
        target = re.search(r'action="(/basket/add/\d+/)"', page)
        if target is None:
            return False
        browser.post(address + target[1], {"csrfmiddlewaretoken": token_in(page), "quantity": "1"})
        page = browser.get(address + "/checkout/").text
        page = browser.post(
            address + "/checkout/",
            {
                "csrfmiddlewaretoken": token_in(page),
                "username": "hoa@example.com",
                "options": "anonymous",
            },
        ).text
        page = browser.post(
            address + "/checkout/shipping-address/",
            {
                "csrfmiddlewaretoken": token_in(page),
                "first_name": "Hoa",
                "last_name": "Nguyen",
                "line1": "12 ngo 68 Cau Giay",
                "line4": "Ha Noi",
                "postcode": "100000",
                "phone_number": "+84912345678",
            },
        ).text
        page = browser.get(address + "/checkout/preview/").text
        done = browser.post(
            address + "/checkout/preview/",
            {"csrfmiddlewaretoken": token_in(page), "action": "place_order"},
        )
        return "thank-you" in done.url


def orders_per_minute(buy: Buy, address: str, product: str, buyers: int, seconds: float) -> float:
    end = time.monotonic() + seconds

    def keep_buying(_buyer: int) -> int:
        done = 0
        while time.monotonic() < end:
            done += buy(address, product)
        return done

    started = time.monotonic()
    with ThreadPoolExecutor(buyers) as pool:
        orders = sum(pool.map(keep_buying, range(buyers)))
    return orders / (time.monotonic() - started) * 60


def orders_at_once(buy: Buy, address: str, product: str) -> int:
    with ThreadPoolExecutor(BUYERS_AT_ONCE) as pool:
        return sum(pool.map(lambda _buyer: buy(address, product), range(BUYERS_AT_ONCE)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--buyers", type=int, default=8)
    options = parser.parse_args()
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        raise SystemExit("DATABASE_URL must name a PostgreSQL whose role may create databases.")
    stock_python = make_environment()
    with ExitStack() as stack:
        ours = stack.enter_context(scratch_database(server, "phien_cho_bench_ours"))
        theirs = stack.enter_context(scratch_database(server, "phien_cho_bench_stock"))
        here = {
            "DATABASE_URL": ours,
            "SHOP_MODE": "demo",
            "RATE_LIMITS_ON": "false",  # all buyers come from this one machine
            "SHOP_VAR_DIR": str(HOME / "ours"),
            "TASKS": "immediate",
            "LOG_LEVEL": "ERROR",
        }
        there = {"STOCK_DATABASE_URL": theirs, "STOCK_HOME": str(HOME / "stock-home")}

        def fill_here(jars: int) -> str:
            return run([sys.executable, "-m", "bench.one_product", str(jars)], here)

        def fill_there(jars: int) -> str:
            return run([stock_python, "-m", "bench.stock_oscar.fill", str(jars)], there)

        print("filling both shops…", flush=True)
        pages = (fill_here(PLENTY), fill_there(PLENTY))
        scarce = (fill_here(JARS), fill_there(JARS))
        shop = stack.enter_context(
            served(sys.executable, "shop.wsgi", 8711, here, probe="/healthz/")
        )
        stock = stack.enter_context(
            served(stock_python, "bench.stock_oscar.wsgi", 8712, there, probe=pages[1])
        )
        for buy, address, page in ((buy_here, shop, pages[0]), (buy_there, stock, pages[1])):
            if not buy(address, page):
                raise SystemExit(f"{address}{page} did not sell")
        rates: tuple[list[float], list[float]] = ([], [])
        for _round in range(ROUNDS):
            for place, (buy, address) in enumerate(((buy_here, shop), (buy_there, stock))):
                rate = orders_per_minute(
                    buy, address, pages[place], options.buyers, options.seconds
                )
                rates[place].append(rate)
        mine, peer = (statistics.median(each) for each in rates)
        print(f"orders per minute, median of {ROUNDS}: {mine:.0f} here, {peer:.0f} stock Oscar")
        print(f"ratio: {mine / peer:.2f}")
        sold = (
            orders_at_once(buy_here, shop, scarce[0]),
            orders_at_once(buy_there, stock, scarce[1]),
        )
        print(f"{JARS} jars, {BUYERS_AT_ONCE} buyers at once: {sold[0]} sold here, {sold[1]} there")
        print(f"oversold: {max(0, sold[0] - JARS)} here, {max(0, sold[1] - JARS)} stock Oscar")


def run(command: list[object], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.strip().splitlines()[-1]


if __name__ == "__main__":
    main()

"""A guest's purchase from the product page to the order, beside stock django-oscar 4.2.1.

    DATABASE_URL=postgresql://… .venv/bin/python -m bench.checkout [--seconds 20] [--buyers 8]

Both shops run on copies of their prepared databases under gunicorn (two processes, four threads);
rounds alternate. Putting into the basket is asked for by itself as well. Then fifty buyers at once
want ten jars of each, and two hundred fifty.
"""

import argparse
import re
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import requests

from bench.browsing import Browser
from bench.databases import copy_of
from bench.figures import Row, at_least, at_most, number, table
from bench.peer import PORT, Project, served
from bench.prepare import SMALL, shop_of, stock_of

ROUNDS = 3
#: Jars, and how many buyers want one at once.
CROWDS = {10: 50, 50: 200}
PLENTY = 1_000_000
#: Open baskets that are filled in turn, so many at once.
VISITORS, AT_ONCE = 24, 8
Buy = Callable[[str, str], str]
#: What a guest types at our till, in each bench that buys.
ADDRESS = {
    "full_name": "Nguyễn Thị Hoa",
    "phone": "0912 345 678",
    "email": "hoa@example.com",
    "province": "01",
    "ward": "00166",
    "street": "12 ngõ 68 Cầu Giấy",
    "delivery": "zone",
    "payment": "cod",
}

CHECKOUT = "/thanh-toan/"
#: What htmx says of itself with every request.
BY_HTMX = {"HX-Request": "true", "HX-Current-URL": CHECKOUT}


def token_in(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return found[1] if found else ""


def value_of(name: str, page: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def buy_here(
    address: str, product: str, browser: requests.Session | None = None, payment: str = "cod"
) -> str:
    """Product page, “Mua ngay”, checkout page with the address, order: what a browser sends of a
    buyer who types from top to bottom. Choosing the province asks for the fee (htmx).

    The page after it: thanks, or where to transfer the money. Nothing when nothing was bought.
    """
    with browser or Browser() as visitor:
        visitor.headers["Origin"] = address  # as browsers say: kept pages carry no token
        page = visitor.get(address + product).text
        key = re.search(r"/gio-hang/them/(\d+)/|action=\"(/gio-hang/[^\"]+)\"", page)
        if key is None:
            return ""
        target = key[2] or key[0]
        wanted = {"csrfmiddlewaretoken": token_in(page), "quantity": "1", "buy_now": "1"}
        page = visitor.post(address + target, wanted).text
        typed = {
            "csrfmiddlewaretoken": token_in(page),
            "placement_key": value_of("placement_key", page),
            **ADDRESS,
            "payment": payment,
        }
        parts = visitor.post(address + CHECKOUT, typed, headers=BY_HTMX).text
        typed["shown"] = value_of("shown", parts)
        done = visitor.post(address + CHECKOUT, {**typed, "action": "place"})
        bought = "/cam-on/" in done.url or "/chuyen-khoan/" in done.url
        return done.text if bought else ""


def buy_there(address: str, product: str) -> str:
    """The same in the stock shop: its pages, in its order."""
    with Browser() as browser:
        page = browser.get(address + product).text
        target = re.search(r'action="(/basket/add/\d+/)"', page)
        if target is None:
            return ""
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
        return done.text if "thank-you" in done.url else ""


def orders_per_minute(buy: Buy, address: str, product: str, buyers: int, seconds: float) -> float:
    end = time.monotonic() + seconds

    def keep_buying(_buyer: int) -> int:
        done = 0
        while time.monotonic() < end:
            done += bool(buy(address, product))
        return done

    started = time.monotonic()
    with ThreadPoolExecutor(buyers) as pool:
        orders = sum(pool.map(keep_buying, range(buyers)))
    return orders / (time.monotonic() - started) * 60


def orders_at_once(buy: Buy, address: str, product: str, buyers: int) -> int:
    with ThreadPoolExecutor(buyers) as pool:
        return sum(pool.map(lambda _buyer: bool(buy(address, product)), range(buyers)))


@dataclass(frozen=True)
class Addition:
    """A form that a visitor with a basket sends once more, as its browser would."""

    path: str
    body: str
    headers: dict[str, str]


def an_addition(address: str, product: str, target: str) -> Addition:
    with requests.Session() as browser:
        browser.headers["Origin"] = address
        page = browser.get(address + product).text
        found = re.search(rf'action="({target}[^"]+)"', page)
        if found is None:
            raise SystemExit(f"{address}{product} has nothing to put into a basket")
        typed = {"csrfmiddlewaretoken": token_in(page), "quantity": "1"}
        browser.post(address + found[1], typed, allow_redirects=False)
        # What a page said is said once: a browser would have shown it by now.
        kept = {name: value for name, value in browser.cookies.items() if name != "messages"}
    cookie = "; ".join(f"{name}={value}" for name, value in kept.items())
    form = "application/x-www-form-urlencoded"
    headers = {"Origin": address, "Cookie": cookie, "Content-Type": form}
    return Addition(found[1], urlencode(typed), headers)


def adds_per_second(address: str, product: str, target: str, seconds: float) -> float:
    """Products put into baskets a second, by visitors who have the product page open.

    By the plainest client there is: it runs on the same cores.
    """
    additions = [an_addition(address, product, target) for _visitor in range(VISITORS)]
    end = time.monotonic() + seconds

    def keep_adding(number: int) -> int:
        browser = HTTPConnection(urlsplit(address).netloc, timeout=60)
        done = 0
        while time.monotonic() < end:
            one = additions[(number + done * AT_ONCE) % VISITORS]
            browser.request("POST", one.path, one.body, one.headers)
            answer = browser.getresponse()
            answer.read()
            if answer.status not in (302, 303):
                raise SystemExit(f"{address}{one.path} answered {answer.status}")
            done += 1
        return done

    started = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        adds = sum(pool.map(keep_adding, range(AT_ONCE)))
    return adds / (time.monotonic() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--buyers", type=int, default=8)
    options = parser.parse_args()
    print(table([("Buying", measured(options.seconds, options.buyers))]))


@dataclass
class Side:
    """One of the two shops, served: its pages by how many jars there are, and how one buys."""

    project: Project
    address: str
    pages: dict[int, str]
    buy: Buy
    target: str

    def check(self) -> None:
        if not self.buy(self.address, self.pages[PLENTY]):
            raise SystemExit(f"{self.address}{self.pages[PLENTY]} did not sell")


def measured(seconds: float = 20, buyers: int = 8) -> list[Row]:
    with ExitStack() as stack:
        shop = replace_database(stack, shop_of(SMALL), "DATABASE_URL", f"shop_{SMALL}")
        peer = replace_database(stack, stock_of(SMALL), "STOCK_DATABASE_URL", f"stock_{SMALL}")
        ours = _served(stack, shop, PORT + 4, "bench.on_sale", "/healthz/", buy_here, "/gio-hang/")
        theirs = _served(
            stack, peer, PORT + 5, "bench.stock_oscar.on_sale", "/", buy_there, "/basket/add/"
        )
        ours.check()
        theirs.check()
        rows = []
        for what, unit, aim, ask in (
            ("put into the basket", "/s", 3, lambda side: _adds(side, seconds / 2)),
            ("guest purchases", " orders/min", 2, lambda side: _orders(side, buyers, seconds)),
        ):
            print(f"{what}…", flush=True)
            rates: tuple[list[float], list[float]] = ([], [])
            for _round in range(ROUNDS):
                for kept, side in zip(rates, (ours, theirs), strict=True):
                    kept.append(ask(side))
            mine, their = (statistics.median(each) for each in rates)
            words = f"{number(mine)}{unit}", f"stock {number(their)}{unit}"
            rows.append(at_least(what, *words, mine / their, aim))
        for jars, people in CROWDS.items():
            print(f"{people} buyers at once…", flush=True)
            sold = [orders_at_once(s.buy, s.address, s.pages[jars], people) for s in (ours, theirs)]
            rows.append(
                Row(
                    f"{people} buyers at once for {jars}: sold",
                    str(sold[0]),
                    f"stock {sold[1]}",
                    "",
                    f"{jars}",
                    sold[0] == jars,
                )
            )
        rows += _steps(shop)
    return rows


def _orders(side: Side, buyers: int, seconds: float) -> float:
    return orders_per_minute(side.buy, side.address, side.pages[PLENTY], buyers, seconds)


def _adds(side: Side, seconds: float) -> float:
    return adds_per_second(side.address, side.pages[PLENTY], side.target, seconds)


def replace_database(stack: ExitStack, project: Project, variable: str, name: str) -> Project:
    """The same project over a copy of its database, which is dropped with the stack."""
    copy = stack.enter_context(copy_of(name, "buying"))
    return replace(project, environment={**project.environment, variable: copy})


def _served(
    stack: ExitStack, project: Project, port: int, filler: str, probe: str, buy: Buy, target: str
) -> Side:
    pages = {
        jars: project.run(filler, jars, place).split()[-1]
        for place, jars in enumerate((PLENTY, *CROWDS))
    }
    address = stack.enter_context(served(project, port, probe=probe))
    return Side(project, address, pages, buy, target)


def _steps(shop: Project) -> list[Row]:
    """Queries of each step, from `bench.steps`."""
    found = {}
    for line in shop.run("bench.steps", "--times", 5).splitlines():
        if match := re.match(r"(\S.*?)\s{2,}(\d+)\s+([\d.]+)$", line):
            found[match[1]] = int(match[2])
    return [at_most("order post, queries", found["place order"], 60)]


if __name__ == "__main__":
    main()

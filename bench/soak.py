"""Everything at once for ten minutes: `python -m bench.soak [--minutes 10] [--size 100000]`.

Guests browse, search, fill baskets and order, some by bank transfer whose message then comes to the
webhook (told twice, as tellers do); a producer packs and sends, staff read their pages. As many at
once as the server has threads, without pauses: the machine is at its limit. The shop runs over a
copy of the prepared database with Redis, a worker and a worker of tasks beside it.

Afterwards: no answer of 5xx, no jar sold twice, the books tie (as they did before), memory flat.
"""

import argparse
import hashlib
import hmac
import itertools
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import requests

from bench.checkout import buy_here
from bench.databases import copy_of
from bench.figures import Row, at_most, number, table
from bench.names import EXACT, SLIPS
from bench.pages import pages_of
from bench.peer import HOME, PORT, ROOT, Project, served
from bench.prepare import LARGE, shop_of

SECRET = "the-bench-tells-of-transfers-2026"
#: Jars of the product that everybody wants: fewer than the buyers of a run.
SCARCE = 40
PLENTY = 1_000_000
AT_ONCE = 8
SAMPLE_SECONDS = 10
#: What memory may grow by in the second half, percent: Python's heaps settle late.
MOST_GROWTH = 5


@dataclass
class Told:
    """What all visitors together saw."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    orders: int = 0
    scarce: int = 0
    transfers: int = 0
    parcels: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--size", type=int, default=LARGE)
    options = parser.parse_args()
    print(table([("Soak", measured(options.minutes, options.size))]))


def measured(minutes: float = 10, size: int = LARGE) -> list[Row]:
    with ExitStack() as stack:
        shop = _project(size, stack.enter_context(copy_of(f"shop_{size}", "soak")))
        pages = pages_of(shop)
        goods = {
            jars: shop.run("bench.on_sale", jars, place).split()[-1]
            for place, jars in enumerate((PLENTY, SCARCE))
        }
        cookies = json.loads(shop.run("bench.signed_in").splitlines()[-1])
        before = _wrong(shop)
        address = stack.enter_context(served(shop, PORT + 6, probe="/healthz/"))
        stack.enter_context(_beside(shop, "manage.py", "worker", "--seconds", "5"))
        stack.enter_context(_beside(shop, "manage.py", "db_worker"))
        told = Told()
        print(f"{minutes:g} minutes…", flush=True)
        with _watched() as memory:
            _everybody(address, pages, goods, cookies, told, minutes * 60)
        after = _wrong(shop)
    # Letters that nobody reads.
    shutil.rmtree(Path(shop.environment["SHOP_VAR_DIR"], "mail"), ignore_errors=True)
    for fault in (*told.faults[:10], *(after - before)):
        print(fault)
    return _rows(told, memory, len(after - before), minutes)


def _project(size: int, database: str) -> Project:
    """As production runs: Redis, tasks in the database, a worker of its own."""
    shop = shop_of(size)
    redis = os.environ.get("BENCH_REDIS_URL", "redis://127.0.0.1:6379/4")
    own = {
        "DATABASE_URL": database,
        "TASKS": "database",
        "SEPAY_WEBHOOK_SECRET": SECRET,
        **({"REDIS_URL": redis} if _answers(redis) else {}),
    }
    return replace(shop, environment={**shop.environment, **own})


def _answers(url: str) -> bool:
    import redis

    try:
        return bool(redis.Redis.from_url(url).ping())
    except redis.RedisError:
        print("no Redis: the soak goes without")
        return False


def _wrong(shop: Project) -> set[str]:
    return set(json.loads(shop.run("bench.books").splitlines()[-1]))


@contextmanager
def _beside(shop: Project, *command: str) -> Iterator[None]:
    log = (HOME / f"soak-{command[1]}.log").open("w")
    with (
        log,
        subprocess.Popen(
            [shop.python, *command], cwd=ROOT, env=shop.variables, stdout=log, stderr=log
        ) as process,
    ):
        try:
            yield
        finally:
            process.terminate()


# --- Visitors -----------------------------------------------------------------------------------


def _everybody(
    address: str,
    pages: dict[str, list[str]],
    goods: dict[int, str],
    cookies: dict[str, str],
    told: Told,
    seconds: float,
) -> None:
    end = time.monotonic() + seconds
    paths = [path for name in ("catalogue", "category", "facets", "product", "home", "gift page")
             for path in pages[name]]  # fmt: skip
    searches = [f"/tim-kiem/?q={query}" for query in (*EXACT, *SLIPS)]
    kinds: list[Callable[[random.Random], None]] = [
        lambda chance: _read(address, chance.choice(paths), told, "browse"),
        lambda chance: _read(address, chance.choice(paths), told, "browse"),
        lambda chance: _read(address, chance.choice(searches), told, "search"),
        lambda chance: _read(address, "/tim-kiem/goi-y/?q=mat+o", told, "suggest"),
        lambda chance: _order(address, goods[PLENTY], told),
        lambda chance: _order(address, goods[PLENTY], told, payment="vietqr"),
        lambda chance: _order_scarce(address, goods[SCARCE], told),
        lambda chance: _pack(address, cookies["producer"], told),
        lambda chance: _read(address, chance.choice(STAFF_PAGES), told, "staff", cookies["staff"]),
    ]
    weights = (20, 20, 16, 10, 5, 4, 1, 3, 3)

    def keep_coming(number: int) -> None:
        chance = random.Random(number)
        while time.monotonic() < end:
            try:
                chance.choices(kinds, weights)[0](chance)
            except requests.RequestException as error:
                told.faults.append(repr(error))

    threads = [threading.Thread(target=keep_coming, args=(n,)) for n in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


STAFF_PAGES = (
    "/quan-ly/",
    "/quan-ly/don-hang/",
    "/quan-ly/kien/",
    "/quan-ly/tien/",
    "/quan-ly/tra-tien/",
)


class Timed(requests.Session):
    """A browser that tells how long each answer took, and every 5xx."""

    def __init__(self, told: Told, kind: str, cookie: str = "") -> None:
        super().__init__()
        self.told, self.kind = told, kind
        self.headers["User-Agent"] = "Mozilla/5.0"
        if cookie:
            self.cookies.set("sessionid", cookie)

    def send(self, request: requests.PreparedRequest, **options: object) -> requests.Response:
        started = time.monotonic()
        answer = super().send(request, **{**options, "timeout": 120})
        if not answer.history:
            self.told.times[self.kind].append((time.monotonic() - started) * 1000)
        if answer.status_code >= 500:
            self.told.faults.append(f"{answer.status_code} {request.method} {request.url}")
        return answer


def _read(address: str, path: str, told: Told, kind: str, cookie: str = "") -> None:
    with Timed(told, kind, cookie) as browser:
        answer = browser.get(address + path)
        if answer.status_code >= 400:
            told.faults.append(f"{answer.status_code} {path}")


def _order(address: str, product: str, told: Told, payment: str = "cod") -> None:
    done = buy_here(address, product, browser=Timed(told, "order"), payment=payment)
    if not done:
        told.faults.append(f"an order by {payment} came to nothing")
        return
    told.orders += 1
    if payment == "vietqr":
        _tell_of_transfer(address, done, told)


def _order_scarce(address: str, product: str, told: Told) -> None:
    if buy_here(address, product, browser=Timed(told, "order")):
        told.orders += 1
        told.scarce += 1


_message = itertools.count(1)


def _tell_of_transfer(address: str, page: str, told: Told) -> None:
    """SePay's message of the sum that the page asks for, twice."""
    # What the page's buttons copy: the sum, and the note with the order's number.
    note = re.search(r'data-copy="([^"]*PC[A-Z2-9]{8})"', page)
    amount = re.search(r'Số tiền</dt>.*?data-copy="(\d+)"', page)
    account = re.search(r'Số tài khoản</dt>.*?data-copy="(\d+)"', page)
    if note is None or amount is None or account is None:
        told.faults.append("the transfer page names no order or no sum")
        return
    body = json.dumps(
        {
            "id": f"{os.getpid()}{next(_message)}",
            "transferType": "in",
            "transferAmount": int(amount[1]),
            "transactionDate": f"{datetime.now():%Y-%m-%d %H:%M:%S}",
            "content": f"chuyen tien {note[1]}",
            "accountNumber": account[1],
        }
    ).encode()
    stamp = str(int(time.time()))
    mac = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json",
        "X-SePay-Timestamp": stamp,
        "X-SePay-Signature": f"sha256={mac}",
    }
    with Timed(told, "webhook") as teller:
        for _time in range(2):
            answer = teller.post(address + "/webhooks/sepay/", body, headers=headers)
            if answer.status_code != 200:
                told.faults.append(f"the webhook answered {answer.status_code}")
    told.transfers += 1


def _pack(address: str, cookie: str, told: Told) -> None:
    """The newest parcel that waits: packed, handed over, delivered."""
    with Timed(told, "packing", cookie) as browser:
        listed = browser.get(address + "/kenh-san-xuat/kien/?trang-thai=new")
        if listed.status_code != 200 or "/kien/" not in listed.url:
            told.faults.append(f"{listed.status_code} {listed.url} in place of parcels")
        found = re.search(r"/kenh-san-xuat/kien/(\d+)/", listed.text)
        if found is None:
            return
        parcel = f"{address}/kenh-san-xuat/kien/{found[1]}/"
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(parcel).text)
        typed = {"csrfmiddlewaretoken": token[1] if token else ""}
        browser.post(parcel + "dong-goi/", typed)
        browser.post(parcel + "gui/", {**typed, "carrier": "Bưu điện", "tracking_number": ""})
        browser.post(parcel + "da-giao/", typed)
        told.parcels += 1


# --- Memory -------------------------------------------------------------------------------------


@contextmanager
def _watched() -> Iterator[list[float]]:
    """Memory of all processes below this one, megabytes, every ten seconds."""
    samples: list[float] = []
    stop = threading.Event()

    def keep_looking() -> None:
        while not stop.wait(SAMPLE_SECONDS):
            samples.append(_memory_below(os.getpid()))

    thread = threading.Thread(target=keep_looking, daemon=True)
    thread.start()
    try:
        yield samples
    finally:
        stop.set()
        thread.join()


def _memory_below(pid: int) -> float:
    total, waiting = 0.0, [pid]
    while waiting:
        for task in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            try:
                children = [int(child) for child in task.read_text().split()]
            except OSError:
                continue
            for child in children:
                waiting.append(child)
                total += _proportional(child)
    return total


def _proportional(pid: int) -> float:
    """What a process holds, shared pages divided among those who share them, megabytes."""
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def _rows(told: Told, memory: list[float], wrong: int, minutes: float) -> list[Row]:
    asked = sum(map(len, told.times.values()))
    second = memory[len(memory) // 2 :]
    quarter = max(1, len(second) // 3)
    first, last = statistics.median(second[:quarter]), statistics.median(second[-quarter:])
    growth = (last / first - 1) * 100
    rows = [
        Row(
            f"{minutes:g} minutes, {AT_ONCE} at once",
            f"{asked:,} requests ({asked / minutes / 60:.0f}/s), {told.orders} orders, "
            f"{told.transfers} transfers told twice, {told.parcels} parcels packed and delivered",
        ),
        at_most("answers of 5xx, refusals and breaks", len(told.faults), 0),
        at_most(f"sold of {SCARCE} jars", told.scarce, SCARCE),
        at_most("faults in the books of payments and producers", wrong, 0),
        Row(
            "memory of server and workers, second half",
            f"{number(first)} → {number(last)} MB ({growth:+.1f} %)",
            "",
            "",
            f"≤ +{MOST_GROWTH} %",
            growth <= MOST_GROWTH,
        ),
    ]
    for kind, times in sorted(told.times.items()):
        times.sort()
        p50, p95, p99 = (times[min(len(times) - 1, int(len(times) * q))] for q in (0.5, 0.95, 0.99))
        rows.append(Row(f"{kind}, p50 / p95 / p99", f"{p50:.0f} / {p95:.0f} / {p99:.0f} ms"))
    return rows


if __name__ == "__main__":
    main()

"""Pages of the shop beside stock Oscar and bare Django: `python -m bench.pages [--sizes 200 …]`.

The bench's user is signed in everywhere, so that nobody's page cache answers. Server time is taken
inside each project; requests per second over HTTP from two gunicorn workers each, all servers up at
once and asked in turn, in rounds.
"""

import argparse
import json
import statistics
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

from bench.figures import Row, at_least, at_most, number, table, times
from bench.loading import SLOW_SECONDS, first_answer, per_second
from bench.peer import PORT, Project, floor, served
from bench.prepare import LARGE, SIZES, SMALL, embedded, shop_of, stock_of

USER = "toc-do@bench.example"
LISTINGS = ("catalogue", "category", "facets", "search")
COMPARED = (*LISTINGS, "product")
#: How much a peer's page may cost; a slow one is asked less often, seconds for all its rounds.
PATIENCE = 15
ROUNDS = 4


@dataclass
class Taken:
    """What one project showed: by page, server times and queries; requests per second."""

    inside: dict[str, dict[str, float]]
    session: str
    rates: dict[str, list[float]] = field(default_factory=dict)

    def rate(self, page: str) -> float:
        return statistics.median(self.rates[page])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--seconds", type=float, default=3)
    options = parser.parse_args()
    for title, rows in measured(options.sizes, options.seconds):
        print(table([(title, rows)]), flush=True)


def measured(sizes: tuple[int, ...] = SIZES, seconds: float = 3) -> list[tuple[str, list[Row]]]:
    """Sections of the table."""
    found, sections = {}, []
    for size in sizes:
        found[size] = _measured(size, seconds)
        sections.append(
            (f"{size:,} products, PostgreSQL, signed in", _compared(*found[size], size))
        )
    if SMALL in found and LARGE in found:
        small, large = found[SMALL][0]["ours"], found[LARGE][0]["ours"]
        sections.append(("Cost at 100,000 beside 200 products", _growth(small, large)))
    return sections


def _measured(size: int, seconds: float) -> tuple[dict[str, Taken], dict[str, float]]:
    shop = shop_of(size)
    peers = [stock_of(size), stock_of(size, spelling=False)]
    print(f"{size} products: server times…", flush=True)
    ours = pages_of(shop)
    theirs = json.loads(peers[0].run("bench.stock_oscar.addresses"))
    taken = {"ours": inside(shop, ours, rounds=20)}
    taken |= {peer.name: inside(peer, theirs, rounds=10) for peer in peers}
    print(f"{size} products: requests per second…", flush=True)
    bare = floor(size, shop.environment["DATABASE_URL"])
    with ExitStack() as stack:
        serve = {}
        for place, project in enumerate((shop, *peers, bare)):
            probe = "/healthz/" if project is shop else "/"
            address = stack.enter_context(served(project, PORT + place, probe=probe))
            serve[project.name] = address
        rates: dict[str, list[float]] = {}
        asked: list[tuple[list[float], Callable[[], float], bool]] = []
        for name, path in (("bare", "/"), ("cards", "/cards/"), ("cards, Jinja2", "/cards-jinja/")):
            ask = partial(per_second, serve[bare.name] + path, seconds=seconds)
            asked.append((rates.setdefault(name, []), ask, False))
        for page in COMPARED:
            for name, one in taken.items():
                path = (ours if name == "ours" else theirs)[page][0]
                url = serve[name] + path.replace(" ", "%20")
                cookie = f"sessionid={one.session}"
                # Both workers read what they keep before anything is timed.
                slow = max(first_answer(url, cookie) for _worker in range(2)) > SLOW_SECONDS
                ask = partial(per_second, url, seconds=seconds, cookie=cookie, slow=slow)
                asked.append((one.rates.setdefault(page, []), ask, slow))
        for number_of_round in range(ROUNDS):
            for kept, ask, slow in asked:
                if not (slow and number_of_round):
                    kept.append(ask())
    return taken, {name: statistics.median(each) for name, each in rates.items()}


def pages_of(shop: Project) -> dict[str, list[str]]:
    return json.loads(shop.run("bench.addresses"))


def inside(project: Project, pages: dict[str, list[str]], *, rounds: int) -> Taken:
    asked = {"user": USER, "rounds": rounds, "seconds": PATIENCE, "pages": pages}
    said = json.loads(project.run("bench.inside", json.dumps(asked)).splitlines()[-1])
    return Taken(said["pages"], said["session"])


def _compared(taken: dict[str, Taken], floors: dict[str, float], size: int) -> list[Row]:
    ours, stock, fairer = taken["ours"], taken["stock Oscar"], taken["fairer stock"]
    rows = [
        Row("bare Django view, requests/s", "", number(floors["bare"])),
        Row(
            "48 cards with their SQL, requests/s",
            "",
            f"{number(floors['cards'])}; Jinja2 {number(floors['cards, Jinja2'])}",
        ),
    ]
    for page in LISTINGS:
        mine = ours.rate(page)
        said = f"{number(mine)}/s, {_cost(ours, page)}"
        aims = (100, 25) if size == LARGE else (10, 1)
        for peer, aim in zip((stock, fairer), aims, strict=True):
            name = "stock" if peer is stock else "fairer"
            their = peer.rate(page)
            words = f"{name} {number(their)}/s, {_cost(peer, page)}"
            rows.append(at_least(f"{page}", said, words, mine / their, aim))
        ratio = mine / floors["cards"]
        rows.append(
            at_least(
                f"{page}", f"{number(mine)}/s", f"48 cards {number(floors['cards'])}/s", ratio, 0.6
            )
        )
    mine, their = ours.rate("product"), stock.rate("product")
    rows.append(
        at_least(
            "product page",
            f"{number(mine)}/s, {_cost(ours, 'product')}",
            f"stock {number(their)}/s, {_cost(stock, 'product')}",
            mine / their,
            3,
        )
    )
    for page, most in (("product", 8), ("home", 12), ("gift page", 12)):
        rows.append(at_most(f"{page}, queries", ours.inside[page]["queries"], most))
    every = ours.inside["every search"]
    rows.append(
        Row(
            "search, 21 queries with slips and beginnings, index unchanged, p50 / p95",
            f"{every['cpu']:.1f} / {every['cpu_p95']:.1f} ms of the process, "
            f"{every['wall']:.1f} / {every['wall_p95']:.1f} ms on the clock",
            "",
            "",
            "p95 ≤ 20 ms",
            every["wall_p95"] <= 20,
        )
    )
    return rows


def _cost(taken: Taken, page: str) -> str:
    at = taken.inside[page]
    return f"{number(at['wall'])} ms ({number(at['cpu'])} CPU), {at['queries']} queries"


def _growth(small: Taken, large: Taken) -> list[Row]:
    rows = []
    for page in (*COMPARED, "home"):
        before, after = small.inside[page]["wall"], large.inside[page]["wall"]
        words = f"{number(before)} → {number(after)} ms"
        ratio = after / before
        rows.append(Row(page, words, "", times(ratio), "≤ 1.5×", ratio <= 1.5))
    return rows


def on_sqlite() -> list[Row]:
    """The embedded shop, from inside and over HTTP."""
    shop = embedded(SMALL)
    pages = pages_of(shop)
    taken = inside(shop, pages, rounds=20)
    with served(shop, PORT, probe="/healthz/") as address:
        for page in (*COMPARED, "home"):
            url = address + pages[page][0].replace(" ", "%20")
            cookie = f"sessionid={taken.session}"
            first_answer(url, cookie)
            taken.rates[page] = [per_second(url, seconds=2, cookie=cookie)]
    return [
        Row(page, f"{number(taken.rate(page))}/s, {_cost(taken, page)}") for page in taken.rates
    ]


if __name__ == "__main__":
    main()

"""Everything in one go: `DATABASE_URL=postgresql://… .venv/bin/python -m bench.all`.

`--prepare` makes what is missing first (once about half an hour, then seconds; without it only the
schema is brought up to date). Writes the table of `bench/README.md`. A part that breaks says so in
its place and does not stop the next; `--only` runs some parts again and keeps the others' figures.
"""

import argparse
import json
import os
import platform
import re
import time
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench import figures
from bench.databases import server_url
from bench.figures import Row, at_least, number
from bench.prepare import LARGE, SIZES, SMALL, embedded, migrate, prepare, shop_of

Section = tuple[str, list[Row]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prepare", action="store_true")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--minutes", type=float, default=10, help="of the soak")
    options = parser.parse_args()
    server_url()
    if options.prepare:
        prepare()
    else:
        migrate()
    started = time.monotonic()
    for part in options.only:
        begun = time.monotonic()
        print(f"— {part}", flush=True)
        try:
            sections = PARTS[part](options)
        except (Exception, SystemExit) as error:  # the other parts are worth having
            traceback.print_exc()
            sections = [(part, [Row("broke", str(error).splitlines()[0][:200], met=False)])]
        figures.keep(part, sections)
        for title, rows in sections:
            print(figures.table([(title, rows)]), flush=True)
        print(f"— {part}: {time.monotonic() - begun:.0f} s", flush=True)
    figures.write(_words(), figures.kept(PARTS))
    print(f"{(time.monotonic() - started) / 60:.0f} minutes; the table is in bench/README.md")


def _words() -> str:
    told = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*:\s*(.+)", told.read_text() if told.exists() else "")
    model = names[0] if names else platform.machine()
    return (
        f"{date.today():%d %B %Y}, {os.cpu_count()} cores ({model}), Python "
        f"{platform.python_version()}. Times are of whole requests inside the process, on the "
        "clock and (CPU) of the process alone."
    )


def _pages(_options: argparse.Namespace) -> list[Section]:
    from bench import pages

    return pages.measured()


def _search(_options: argparse.Namespace) -> list[Section]:
    found = {size: json.loads(shop_of(size).run("bench.search").splitlines()[-1]) for size in SIZES}
    rows = [
        Row(
            f"{name}, p50 / p95",
            "; ".join(
                f"{size:,}: {number(found[size][name][0])} / {number(found[size][name][1])} ms"
                for size in SIZES
            ),
        )
        for name in found[SMALL]
    ]
    peer, mine = found[LARGE]["icontains"][0], found[LARGE]["whole words"][0]
    rows.append(Row("whole words beside icontains", "", "", figures.times(peer / mine)))
    return [("Search by itself", rows)]


def _buying(_options: argparse.Namespace) -> list[Section]:
    from bench import checkout

    return [("Buying, 200 products", checkout.measured())]


def _pagecache(_options: argparse.Namespace) -> list[Section]:
    # The page cache's own module: it stands by itself and says what it needs.
    from bench.page_cache import figures as shares

    found = shares(Path(embedded(SMALL).environment["SHOP_VAR_DIR"]))
    bare = found.pop("bare")
    rows = []
    for name, share in found.items():
        aim = 4 if name.startswith("nginx") else 0.7
        rows.append(
            at_least(name, f"{number(share * bare)}/s", f"bare {number(bare)}/s", share, aim)
        )
    return [("Visitors without a basket, out of the page cache", rows)]


def _images(_options: argparse.Namespace) -> list[Section]:
    from bench import images

    return [("Images", images.measured())]


def _embedded(_options: argparse.Namespace) -> list[Section]:
    from bench import pages

    return [("Embedded shop on SQLite, 200 products, signed in", pages.on_sqlite())]


def _soak(options: argparse.Namespace) -> list[Section]:
    from bench import soak

    return [("Soak, 100,000 products and orders", soak.measured(options.minutes))]


#: The soak last: it leaves the machine warm.
PARTS: dict[str, Callable[[argparse.Namespace], list[Section]]] = {
    "pages": _pages,
    "search": _search,
    "buying": _buying,
    "pagecache": _pagecache,
    "images": _images,
    "embedded": _embedded,
    "soak": _soak,
}


if __name__ == "__main__":
    main()

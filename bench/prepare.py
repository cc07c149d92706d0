"""Everything that is measured, made once and kept: `python -m bench.prepare [--sizes 200 100000]`.

For each size the shop's database with products and orders, and stock Oscar's with the same products
and its Whoosh index; on PostgreSQL, and ours of the small size on SQLite. Run again it brings the
shop's schema up to date and adds what is missing, which takes seconds.
"""

import argparse
import time
from pathlib import Path

from bench.databases import ensure
from bench.peer import HOME, Project, make_environment, ours, stock

SMALL, LARGE = 200, 100_000
#: Sizes that the table is made of; the generator also does any other.
SIZES = (SMALL, LARGE)
#: Orders of a shop of so many products.
ORDERS = {SMALL: 1_000, 10_000: 10_000, LARGE: 100_000}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--only-ours", action="store_true")
    options = parser.parse_args()
    prepare(options.sizes, with_stock=not options.only_ours)


def prepare(sizes: tuple[int, ...] = SIZES, *, with_stock: bool = True) -> None:
    started = time.monotonic()
    if with_stock:
        make_environment()
    for size in sizes:
        shop = shop_of(size)
        _fill(shop, size)
        if with_stock:
            products = _list_of(shop, size)
            peer = stock(size, ensure(f"stock_{size}"))
            pictures = HOME / f"shop-{size}" / "media" / "original_images"
            peer.run("bench.stock_oscar.fill", products, pictures, says=True)
    _fill(embedded(SMALL), SMALL)
    print(f"prepared in {time.monotonic() - started:.0f} s", flush=True)


def migrate(sizes: tuple[int, ...] = SIZES) -> None:
    """Bring the schema of what was prepared up to date. Ends the bench where nothing was."""
    for shop in (*map(shop_of, sizes), embedded(SMALL)):
        if not Path(shop.environment["SHOP_VAR_DIR"], "media").exists():
            raise SystemExit("Nothing is prepared yet: run `python -m bench.all --prepare` once.")
        _migrate(shop)


def shop_of(size: int) -> Project:
    """Our shop of that size on PostgreSQL."""
    return ours(size, ensure(f"shop_{size}"))


def stock_of(size: int, *, spelling: bool = True) -> Project:
    return stock(size, ensure(f"stock_{size}"), spelling=spelling)


def embedded(size: int) -> Project:
    """Our shop of that size on SQLite."""
    home = HOME / f"embedded-{size}"
    home.mkdir(parents=True, exist_ok=True)
    return ours(size, f"sqlite:///{home}/shop.sqlite3", SHOP_VAR_DIR=str(home))


def _fill(shop: Project, size: int) -> None:
    print(f"our shop of {size} products…", flush=True)
    _migrate(shop)
    shop.run("bench.generate", "--products", size, "--orders", ORDERS.get(size, size), says=True)


def _migrate(shop: Project) -> None:
    Path(shop.environment["SHOP_VAR_DIR"], "static").mkdir(parents=True, exist_ok=True)
    shop.run("django", "migrate", "--no-input", "--verbosity", 0, says=True)


def _list_of(shop: Project, size: int) -> Path:
    path = HOME / f"products-{size}.csv"
    if not path.exists():
        shop.run("bench.listed", path)
    return path


if __name__ == "__main__":
    main()

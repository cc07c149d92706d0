"""Search among 100,000 products: suggestions, the search, its page; beside `icontains` as the peer.

    DATABASE_URL=sqlite:///bench.sqlite3 .venv/bin/python bench/search.py [--products 100000]

Needs a migrated scratch database whose name holds "bench"; fills it with made-up products. Times
are of this process, milliseconds: p50 and p95 over the queries below, each asked several times.
"""

import argparse
import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Max, Q  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from catalogue.lookup.backends import backend  # noqa: E402
from catalogue.lookup.indexing import rebuild  # noqa: E402
from catalogue.lookup.models import Word  # noqa: E402
from catalogue.lookup.search import search  # noqa: E402
from catalogue.lookup.suggesting import suggest  # noqa: E402
from catalogue.lookup.vocabulary import vocabulary  # noqa: E402
from catalogue.lookup.wanted import Scope  # noqa: E402
from catalogue.models import Product  # noqa: E402
from catalogue.text import slugify_vi  # noqa: E402
from cms.setting_up import set_up_shop  # noqa: E402
from shop.partner.models import Partner, StockRecord  # noqa: E402
from shop.places.models import Ward  # noqa: E402

_GOODS = """
    Khoai lang, Khoai sọ, Mật ong, Long nhãn, Vải thiều, Chè xanh, Trà hoa vàng, Bánh mật, Bánh đa,
    Bánh gai, Bánh chưng, Nem chua, Giò lụa, Chả mực, Nước mắm, Mắm tôm, Tương, Rượu nếp, 
    Rượu men lá, Gạo tẻ, Miến dong, Mì gạo, Bún khô, Măng khô, Nấm hương, Mộc nhĩ, Hạt sen,
    Đông trùng hạ thảo, Sâm, Tinh bột nghệ, Bột sắn dây, Cà phê, Hồ tiêu, Cacao, Tôm khô, Cá kho,
    Mực khô, Muối, Đường phên, Mật mía, Bưởi, Cam, Quýt, Na dai, Ổi, Dứa, Xoài sấy, Mít sấy, Giấm,
    Chuối sấy, Kẹo lạc, Kẹo dồi, Chè lam, Tỏi đen, Hành tím, Ớt bột, Thịt trâu gác bếp, Lạp xưởng,
    Gà đồi, Vịt bầu, Trứng gà, Sữa chua, Phô mai dê, Thảo quả, Quế, Hồi, Gốm, Lụa, Nón lá,
    Khăn thổ cẩm, Giỏ mây
"""
_QUALITIES = """
    , sấy dẻo, sấy khô, hữu cơ, rừng, cổ truyền, đặc sản, thượng hạng, túi lọc, nguyên chất,
    gia đình, loại một, mới vụ, núi cao, ven sông, làng nghề, ngũ vị, thảo mộc, hoa nhãn, hoa cà phê
"""
GOODS = [each.strip() for each in _GOODS.split(",")]
QUALITIES = [each.strip() for each in _QUALITIES.split(",")]
#: Typed while it grows, and what is asked for at the end.
AS_TYPED = ("khoai lang", "mat ong rung", "banh mat", "tra hoa vang", "nuoc mam", "ga doi yen")
EXACT = (
    "khoai lang",
    "mật ong rừng",
    "banh mat",
    "trà hoa vàng",
    "ruou men la",
    "yen son",
    "bac ninh",
)
PREFIX = ("kho", "mat o", "tra ho", "banh", "thit trau g", "t", "b")
SLIPS = (
    "khoai lag",
    "bahn mat",
    "banhmat",
    "tra hoa vagn",
    "nuoc mamm",
    "ruou mne la",
    "dongtrung",
)
SMALL = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    name = str(connection.settings_dict["NAME"])
    if "bench" not in Path(name).name:
        sys.exit(f"{name} is not a scratch database: its name has no “bench” in it.")
    machine = platform.processor() or platform.machine()
    print(f"{machine}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{connection.vendor}, {type(backend()).__name__}")
    prepare()
    small = measure(SMALL, options.rounds)
    big = measure(options.products, options.rounds)
    print("\nAt the larger number, times those at the smaller (pages, p50):")
    for query in small:
        print(f"  {query:18} {big[query] / small[query]:5.2f}")


def prepare() -> None:
    if not Ward.objects.exists():
        call_command("load_places", verbosity=0)
    set_up_shop()


def measure(products: int, rounds: int) -> dict[str, float]:
    """Prints the times at so many products; returns the page's p50 by query."""
    fill(products)
    started = time.perf_counter()
    entries = rebuild()
    seconds = time.perf_counter() - started
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(f"\n{Product.objects.count()} products, {entries} entries, {Word.objects.count()} words; "
          f"rebuilt in {seconds:.1f} s ({entries / seconds:.0f} a second)")  # fmt: skip
    vocabulary()
    scope = Scope("vi", shows_alcohol=True)
    typing = [text[:end] for text in AS_TYPED for end in range(2, len(text) + 1)]
    timed("suggestions while typing", typing, lambda q: suggest(q, scope), rounds)
    timed("suggestions with a slip", SLIPS, lambda q: suggest(q, scope), rounds)
    ours = timed("search, whole words", EXACT, lambda q: search(q, scope), rounds)
    timed("search, beginnings", PREFIX, lambda q: search(q, scope), rounds)
    timed("search, slips", SLIPS, lambda q: search(q, scope), rounds)
    peer = timed("peer: icontains, whole words", EXACT, icontains, max(2, rounds // 5))
    print(
        f"  the peer takes {peer / ours:.1f} times as long, finds no slip and nothing without marks"
    )
    return pages(rounds)


def pages(rounds: int) -> dict[str, float]:
    client = Client(headers={"user-agent": "Mozilla/5.0"})
    found = {}
    for query in ("khoai lang", "mật ong rừng", "yen son", "khoai lag"):
        client.get("/tim-kiem/", {"q": query})
        with CaptureQueriesContext(connection) as queries:
            client.get("/tim-kiem/", {"q": query})
        found[query] = timed(
            f"page, “{query}”, {len(queries)} queries",
            [query],
            lambda q: client.get("/tim-kiem/", {"q": q}),
            rounds,
        )
    timed(
        "suggestions, whole request",
        AS_TYPED,
        lambda q: client.get("/tim-kiem/goi-y/", {"q": q}),
        rounds,
    )
    return found


def timed(what: str, queries: Any, ask: Callable[[str], Any], rounds: int) -> float:
    """Prints p50, p95 and the slowest query; returns the p50 in milliseconds."""
    times: list[tuple[float, str]] = []
    for _ in range(rounds):
        for query in queries:
            started = time.perf_counter()
            ask(query)
            times.append(((time.perf_counter() - started) * 1000, query))
    times.sort()
    spent = [each for each, _query in times]
    p50, p95 = statistics.median(spent), spent[int(len(spent) * 0.95) - 1]
    print(
        f"  {what:44} p50 {p50:7.1f}  p95 {p95:7.1f}  slowest {times[-1][0]:7.1f} “{times[-1][1]}”"
    )
    return p50


def icontains(query: str) -> tuple[int, list[Any]]:
    """What one would write without an index: every word somewhere in title or summary."""
    found = Product.objects.listed()
    for word in query.split():
        found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    return found.count(), list(found.order_by("-priority", "title")[:24])


def fill(products: int) -> None:
    """Made-up products until there are so many."""
    missing = products - Product.objects.count()
    if missing <= 0:
        return
    makers, wards = some_makers(), list(Ward.objects.order_by("code"))
    sort = Product._meta.get_field("product_class").related_model.objects.get(slug="ocop")
    start = (Product.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    names = made_up_names(wards, start)
    for batch in _batches(missing):
        with transaction.atomic():
            rows = [row(next(names), start + n, makers, sort) for n in batch]
            Product.objects.bulk_create(rows)
            StockRecord.objects.bulk_create(
                StockRecord(product=each, partner_id=each.producer_id, partner_sku=f"B-{each.pk}",
                            price=Decimal(50_000), num_in_stock=each.pk % 9)
                for each in rows
            )  # fmt: skip


def _batches(missing: int) -> Iterator[range]:
    for start in range(0, missing, 2000):
        yield range(start, min(start + 2000, missing))


def made_up_names(wards: list[Ward], seed: int) -> Iterator[tuple[str, Ward]]:
    chance = random.Random(seed)
    while True:
        ward = chance.choice(wards)
        parts = (chance.choice(GOODS), chance.choice(QUALITIES), ward.name)
        yield " ".join(part.strip() for part in parts if part.strip()), ward


def row(named: tuple[str, Ward], number: int, makers: list[Partner], sort: Any) -> Product:
    title, ward = named
    return Product(
        pk=number, title=title, slug=f"{slugify_vi(title)}-{number}", product_class=sort,
        structure=Product.STANDALONE, live=True, is_public=True,
        producer=makers[number % len(makers)], origin=ward,
        summary=f"{title}, làm ở {ward.full_name}, gửi đi trong ngày.",
    )  # fmt: skip


def some_makers() -> list[Partner]:
    wards = Ward.objects.order_by("code")[::7]
    for ward in wards:
        name = f"HTX {ward.name} {ward.code}"
        Partner.objects.get_or_create(
            code=f"bench-{ward.code}",
            defaults={"name": name, "slug": slugify_vi(name), "ward": ward},
        )
    return list(Partner.objects.filter(code__startswith="bench-"))


if __name__ == "__main__":
    main()

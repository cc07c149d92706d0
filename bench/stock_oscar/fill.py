"""Fill the stock shop with the products of a list that `bench/prepare.py` wrote.

    python -m bench.stock_oscar.fill <list.csv> <folder of pictures>

Titles, prices, stock, groups and makers are those of our shop; one picture each. Then the Whoosh
index, as `rebuild_index` writes it. Adds nothing when the products are there.
"""

import csv
import fcntl
import os
import random
import shutil
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.stock_oscar.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils.text import slugify  # noqa: E402
from oscar.apps.address.models import Country  # noqa: E402
from oscar.apps.catalogue.models import (  # noqa: E402
    Category,
    Product,
    ProductCategory,
    ProductClass,
    ProductImage,
)
from oscar.apps.partner.models import Partner, StockRecord  # noqa: E402

BATCH = 1000
#: All in one commit: Whoosh merges what was written before at every further one.
INDEXED_AT_ONCE = 100_000


def main(rows_from: Path, pictures: Path) -> None:
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    lock = (home / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)  # whoever prepares at the same time waits, then has it all
    call_command("migrate", verbosity=0)
    Country.objects.get_or_create(
        iso_3166_1_a2="VN",
        defaults={
            "iso_3166_1_a3": "VNM",
            "iso_3166_1_numeric": "704",
            "printable_name": "Viet Nam",
            "name": "VIET NAM",
            "is_shipping_country": True,
        },
    )
    with rows_from.open(newline="") as file:
        rows = list(csv.DictReader(file))
    if Product.objects.count() < len(rows):
        _fill(rows, _copied(pictures))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    index = Path(settings.HAYSTACK_CONNECTIONS["default"]["PATH"])
    done = index / "complete"
    if not done.exists():
        started = time.monotonic()
        shutil.rmtree(index, ignore_errors=True)
        call_command("rebuild_index", interactive=False, verbosity=1, batch_size=INDEXED_AT_ONCE)
        done.touch()
        print(f"Whoosh: {len(rows)} products in {time.monotonic() - started:.0f} s", flush=True)


def _copied(pictures: Path) -> list[str]:
    """Names of the pictures below the media folder."""
    target = Path(settings.MEDIA_ROOT) / "products"
    shutil.copytree(pictures, target, dirs_exist_ok=True)
    return sorted(f"products/{path.name}" for path in target.iterdir())


@transaction.atomic
def _fill(rows: list[dict[str, str]], pictures: list[str]) -> None:
    chance = random.Random(1)
    kind = ProductClass.objects.create(name="OCOP")
    groups = {}
    for name in dict.fromkeys(row["group"] for row in rows):
        groups[name] = Category.add_root(name=name)
    makers = {
        name: Partner.objects.create(name=name) for name in dict.fromkeys(r["maker"] for r in rows)
    }
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        products = Product.objects.bulk_create(
            Product(
                title=row["title"],
                slug=f"{slugify(row['title'])}-{start + place}",
                description=row["summary"],
                product_class=kind,
                structure=Product.STANDALONE,
                is_public=True,
            )
            for place, row in enumerate(batch)
        )
        pairs = list(zip(products, batch, strict=True))
        ProductCategory.objects.bulk_create(
            ProductCategory(product=product, category=groups[row["group"]])
            for product, row in pairs
        )
        StockRecord.objects.bulk_create(
            StockRecord(
                product=product,
                partner=makers[row["maker"]],
                partner_sku=f"MADE-UP-{product.pk}",
                price=row["price"],
                price_currency="VND",
                num_in_stock=row["stock"],
            )
            for product, row in pairs
        )
        ProductImage.objects.bulk_create(
            ProductImage(product=product, original=chance.choice(pictures)) for product in products
        )
        print(f"stock Oscar: {start + len(batch)} of {len(rows)} products", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

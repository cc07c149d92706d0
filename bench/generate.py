"""Made-up products for measuring pages: made from a fixed seed, the same each time.

    DATABASE_URL=postgresql:///bench .venv/bin/python -m bench.generate --products 100000

Needs a migrated database; adds products until there are so many, with makers, communes, groups,
prices, stock and certificates (most of them valid). Pictures already there are shared among them.
Refuses a database that holds orders unless told `--force`.
"""

import argparse
import os
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from tqdm import tqdm  # noqa: E402

from catalogue.classes import OCOP, product_class  # noqa: E402
from catalogue.models import Category, Certificate, Product, ProductImage  # noqa: E402
from catalogue.models.label import FreightClass  # noqa: E402
from catalogue.pictures.models import Picture  # noqa: E402
from catalogue.text import slugify_vi  # noqa: E402
from cms.setting_up import set_up_shop  # noqa: E402
from shop.order.models import Order  # noqa: E402
from shop.partner.models import Partner, StockRecord  # noqa: E402
from shop.places.models import Ward  # noqa: E402

BATCH = 1000
MAKERS = 300
GOODS = (
    "Khoai lang sấy", "Mật ong rừng", "Long nhãn", "Chè xanh", "Trà hoa vàng", "Bánh mật",
    "Bánh đa", "Nem chua", "Chả mực", "Nước mắm", "Gạo nếp", "Miến dong", "Măng khô", "Hạt sen",
    "Tinh bột nghệ", "Cà phê", "Tỏi đen", "Kẹo lạc", "Gốm men", "Giỏ mây",
)  # fmt: skip
QUALITIES = ("cổ truyền", "hữu cơ", "loại một", "làng nghề", "núi cao", "thượng hạng")
PACKS_GRAMS = (100, 250, 500, 1000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=200)
    parser.add_argument("--force", action="store_true", help="write beside orders")
    options = parser.parse_args()
    if Order.objects.exists() and not options.force:
        sys.exit("This database holds orders: made-up products do not belong there (--force).")
    generate(options.products)


def generate(products: int) -> None:
    """Add products until there are `products` with a page of their own."""
    if not Ward.objects.exists():
        call_command("load_places", verbosity=0)
    set_up_shop()
    there = Product.objects.exclude(structure=Product.CHILD).count()
    makers, groups = _makers(), list(Category.objects.exclude(number=None))
    if not groups:
        sys.exit("This database holds no product groups: run `manage.py setup_shop` first.")
    pictures = list(Picture.objects.order_by("pk")[:50])
    with tqdm(total=max(0, products - there), unit="product") as progress:
        for numbers in _batches(there, products):
            _add(numbers, makers, groups, pictures)
            progress.update(len(numbers))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _batches(start: int, end: int) -> Iterator[range]:
    for first in range(start, end, BATCH):
        yield range(first, min(first + BATCH, end))


def _makers() -> list[Partner]:
    wards = list(Ward.objects.order_by("code"))
    for ward in wards[:: max(1, len(wards) // MAKERS)]:
        name = f"HTX {ward.name} {ward.code}"
        Partner.objects.get_or_create(
            code=f"made-up-{ward.code}",
            defaults={"name": name, "slug": slugify_vi(name), "ward": ward},
        )
    return list(Partner.objects.filter(code__startswith="made-up-").select_related("ward"))


@transaction.atomic
def _add(
    numbers: range, makers: list[Partner], groups: list[Category], pictures: list[Picture]
) -> None:
    chance = random.Random(numbers.start)
    rows = Product.objects.bulk_create([_product(n, chance, makers) for n in numbers])
    Product.categories.through.objects.bulk_create(
        Product.categories.through(product=row, category=chance.choice(groups)) for row in rows
    )
    StockRecord.objects.bulk_create(
        StockRecord(
            product=row,
            partner_id=row.producer_id,
            partner_sku=f"MADE-UP-{row.pk}",
            price=Decimal(chance.randrange(15, 800) * 1000),
            num_in_stock=chance.choice((0, 2, 15, 80)),
        )
        for row in rows
    )
    today = timezone.localdate()
    Certificate.objects.bulk_create(
        _certificate(row, chance, today) for row in rows if chance.random() < 0.8
    )
    if pictures:
        ProductImage.objects.bulk_create(
            ProductImage(product=row, original=chance.choice(pictures)) for row in rows
        )


def _product(number: int, chance: random.Random, makers: list[Partner]) -> Product:
    maker = chance.choice(makers)
    title = f"{chance.choice(GOODS)} {chance.choice(QUALITIES)} {maker.ward.name}"
    grams = chance.choice(PACKS_GRAMS)
    return Product(
        title=title,
        slug=f"{slugify_vi(title)}-made-up-{number}",
        product_class=product_class(OCOP),
        structure=Product.STANDALONE,
        live=True,
        is_public=True,
        producer=maker,
        origin=maker.ward,
        summary=f"{title}, làm ở {maker.ward.full_name}.",
        net_quantity=Decimal(grams),
        weight_grams=grams + 100,
        season_mask=chance.choice((0, 0, 0b111, 0b111000000, 0b110000000000)),
        gift_ready=chance.random() < 0.3,
        **({"freight_class": FreightClass.CHILLED} if chance.random() < 0.1 else {}),
    )


def _certificate(product: Product, chance: random.Random, today: date) -> Certificate:
    """Decided up to four years ago and good for three: about a quarter have ended."""
    decided = today - timedelta(days=chance.randrange(4 * 365))
    return Certificate(
        product=product,
        stars=chance.choice((3, 3, 3, 4, 4, 5)),
        decided_on=decided,
        expires_on=decided + timedelta(days=3 * 365),
        decision_number=f"{product.pk}/QĐ-UBND",
        issuer="UBND tỉnh",
    )


if __name__ == "__main__":
    main()

"""A shop of any size, made up from a fixed seed: the same products each time.

    DATABASE_URL=postgresql:///bench .venv/bin/python -m bench.generate --products 100000 \\
        --orders 100000

The demo shop first (pages, people, tables of delivery), then products until there are so many, with
makers, communes, groups, prices, stock, certificates (most valid), lots, pictures out of one set, a
gift box among every hundred; then orders (`bench/orders.py`). Run again it adds what is missing.
`bench/prepare.py` runs this for every size that is measured.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

from bench import django_shop  # noqa: F401  # first: it sets Django up  # isort: skip

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image, ImageDraw
from tqdm import tqdm

from bench.names import a_box_name, a_name, spread
from bench.orders import make_orders
from catalogue.classes import GIFT_BOX, OCOP, product_class
from catalogue.lookup.models import Entry
from catalogue.models import (
    BoxItem,
    Category,
    Certificate,
    GiftBox,
    Lot,
    Product,
    ProductImage,
)
from catalogue.models.label import FreightClass
from catalogue.pictures.models import Picture
from catalogue.text import slugify_vi
from shop.partner.models import Partner, StockRecord
from shop.places.models import Ward

BATCH = 1000
MAKERS = 300
PICTURES = 24
#: The set of alcoholic drinks, which would ask every visitor for their age.
ALCOHOL = 14
PACKS_GRAMS = (100, 250, 500, 1000)
ONE_BOX_IN = 100
WRAPPING = 30_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=200)
    parser.add_argument("--orders", type=int, default=0)
    options = parser.parse_args()
    name = str(connection.settings_dict["NAME"])
    if "bench" not in name:
        sys.exit(f"{name} is not a scratch database: its name has no “bench” in it.")
    generate(options.products)
    _tidy()  # the orders' goods are looked for
    make_orders(options.orders)
    _tidy()


def _tidy() -> None:
    """What a database does by itself in a quiet hour."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def generate(products: int) -> None:
    """Add the demo shop, and products until there are `products` with a page of their own."""
    call_command("load_demo", "--if-needed", verbosity=0)
    there = Product.objects.exclude(structure=Product.CHILD).count()
    if there >= products:
        return
    makers = _makers()
    groups = list(Category.objects.exclude(number=None).exclude(number=ALCOHOL))
    pictures = _pictures()
    with tqdm(total=products - there, unit="product", unit_scale=True) as progress:
        for numbers in _batches(there, products):
            _add(numbers, makers, groups, pictures)
            progress.update(len(numbers))
    call_command("rebuild_search", verbosity=0)
    assert Entry.objects.exists()


def _batches(start: int, end: int) -> Iterator[range]:
    for first in range(start, end, BATCH):
        yield range(first, min(first + BATCH, end))


def _makers() -> list[Partner]:
    wards = list(Ward.objects.order_by("code"))
    for ward in spread(wards, MAKERS):
        name = f"HTX {ward.name} {ward.code}"
        Partner.objects.get_or_create(
            code=f"made-up-{ward.code}",
            defaults={"name": name, "slug": slugify_vi(name), "ward": ward},
        )
    return list(Partner.objects.filter(code__startswith="made-up-").select_related("ward"))


def _pictures() -> list[Picture]:
    """One set of photographs in all sizes, shared among all products."""
    title = "Ảnh đo tốc độ"
    for number in range(Picture.objects.filter(title__startswith=title).count(), PICTURES):
        content = ContentFile(_photograph(number), name=f"anh-do-{number}.jpg")
        Picture.objects.create(title=f"{title} {number}", alt_text="Hạt, lá và quả", file=content)
    return list(Picture.objects.filter(title__startswith=title).order_by("pk"))


def _photograph(number: int, size: tuple[int, int] = (1600, 1200)) -> bytes:
    """Soft ground with hard shapes on it: as heavy to compress as a photograph."""
    chance = random.Random(number)
    ground = Image.effect_noise((size[0] // 8, size[1] // 8), 60).resize(size)
    picture = Image.merge(
        "RGB", [ground.point(lambda v, k=k: v * k // 255) for k in (210, 180, 90)]
    )
    draw = ImageDraw.Draw(picture)
    for _shape in range(60):
        x, y, r = chance.randrange(size[0]), chance.randrange(size[1]), chance.randrange(20, 160)
        colour = tuple(chance.randrange(40, 240) for _channel in "rgb")
        draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


@transaction.atomic
def _add(
    numbers: range, makers: list[Partner], groups: list[Category], pictures: list[Picture]
) -> None:
    chance = random.Random(numbers.start)
    today = timezone.localdate()
    rows = Product.objects.bulk_create([_product(n, chance, makers) for n in numbers])
    goods = [row for row in rows if row.product_class_id == product_class(OCOP).pk]
    boxes = [row for row in rows if row.product_class_id != product_class(OCOP).pk]
    Product.categories.through.objects.bulk_create(
        Product.categories.through(product=row, category=chance.choice(groups)) for row in goods
    )
    prices = {row.pk: Decimal(chance.randrange(15, 800) * 1000) for row in goods}
    _fill(boxes, goods, prices, chance)
    StockRecord.objects.bulk_create(
        StockRecord(
            product=row,
            partner_id=row.producer_id,
            partner_sku=f"MADE-UP-{row.pk}",
            price=prices[row.pk],
            num_in_stock=chance.choice((0, 2, 15, 80, 80)),
        )
        for row in rows
    )
    Certificate.objects.bulk_create(
        _certificate(row, chance, today) for row in goods if chance.random() < 0.8
    )
    Lot.objects.bulk_create(_lot(row, chance, today) for row in goods if chance.random() < 0.6)
    ProductImage.objects.bulk_create(
        ProductImage(product=row, original=chance.choice(pictures)) for row in rows
    )


def _product(number: int, chance: random.Random, makers: list[Partner]) -> Product:
    maker = chance.choice(makers)
    is_box = number % ONE_BOX_IN == ONE_BOX_IN - 1
    title = (a_box_name if is_box else a_name)(chance, maker.ward.name)
    grams = chance.choice(PACKS_GRAMS)
    chilled = not is_box and chance.random() < 0.1
    return Product(
        title=title,
        slug=f"{slugify_vi(title)}-made-up-{number}",
        product_class=product_class(GIFT_BOX if is_box else OCOP),
        structure=Product.STANDALONE,
        live=True,
        is_public=True,
        producer=maker,
        origin=maker.ward,
        summary=f"{title}, làm ở {maker.ward.full_name}, gửi đi trong ngày.",
        ingredients="Nguyên liệu của xã, không phẩm màu",
        storage="Để nơi khô ráo, tránh nắng",
        usage="Dùng ngay sau khi mở",
        shelf_life_days=365,
        net_quantity=Decimal(grams),
        weight_grams=grams + 100,
        season_mask=chance.choice((0, 0, 0b111, 0b111000000, 0b110000000000)),
        gift_ready=chance.random() < 0.3,
        **({"freight_class": FreightClass.CHILLED} if chilled else {}),
    )


def _fill(
    boxes: Sequence[Product],
    goods: Sequence[Product],
    prices: dict[int, Decimal],
    chance: random.Random,
) -> None:
    """Put three things that need no cold into each box; the box costs them and its wrapping."""
    dry = [row for row in goods if row.freight_class == FreightClass.NORMAL]
    for box in boxes:
        things = chance.sample(dry, 3)
        prices[box.pk] = sum((prices[thing.pk] for thing in things), Decimal(WRAPPING))
        BoxItem.objects.bulk_create(
            BoxItem(box=box, product=thing, display_order=place)
            for place, thing in enumerate(things)
        )
    GiftBox.objects.bulk_create(
        GiftBox(product=box, wrapping="Hộp giấy", wrapping_price=WRAPPING) for box in boxes
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


def _lot(product: Product, chance: random.Random, today: date) -> Lot:
    made = today - timedelta(days=chance.randrange(5, 60))
    return Lot(
        product=product,
        code=f"B-{product.pk}",
        produced_on=made,
        best_before=made + timedelta(days=365),
    )


if __name__ == "__main__":
    main()

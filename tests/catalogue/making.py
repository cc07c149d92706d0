"""Goods for tests of the catalogue, in words of the shop."""

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from oscar.apps.catalogue.models import ProductClass

from catalogue.models import Category, Certificate, Lot, Product, ProductImage
from catalogue.pictures.models import Picture
from catalogue.text import slugify_vi
from shop.partner.models import Partner, StockRecord

_numbers = itertools.count(1)


def a_group(
    name: str = "Chế biến từ gạo, ngũ cốc", number: int | None = 6, under: Any = None
) -> Any:
    slug = slugify_vi(name)
    if found := Category.objects.filter(slug=slug).first():
        return found
    if number and (found := Category.objects.filter(number=number).first()):
        return found
    make = under.add_child if under else Category.add_root
    return make(name=name, slug=slug, number=number)


def a_producer(name: str = "Tổ hợp tác bánh mật", **fields: Any) -> Partner:
    number = next(_numbers)
    return Partner.objects.create(
        name=name, code=f"nsx-{number}", slug=f"{slugify_vi(name)}-{number}", **fields
    )


def a_product(
    title: str = "Bánh mật Thanh Lâm",
    *,
    price: int | None = 60_000,
    stock: int = 20,
    group: Any = None,
    producer: Partner | None = None,
    **fields: Any,
) -> Product:
    """A live product that may be published, with price and stock where a price is given."""
    facts = {
        "net_quantity": Decimal(800),
        "ingredients": "Gạo nếp, mật mía, đỗ xanh",
        "storage": "Nơi thoáng mát",
        "usage": "Ăn ngay",
        "shelf_life_days": 5,
        "is_sample": True,
        "live": True,
        "structure": Product.STANDALONE,
    }
    product_class, _made = ProductClass.objects.get_or_create(name="Đặc sản")
    product = Product(title=title, product_class=product_class, **{**facts, **fields})
    product.producer = producer or a_producer()
    product.save()
    product.categories.add(group or a_group())
    if price is not None:
        in_stock(product, price, stock)
    return product


def a_variant(
    of: Product, title: str, *, price: int | None, stock: int = 20, **fields: Any
) -> Product:
    if not of.is_parent:
        Product.objects.filter(pk=of.pk).update(structure=Product.PARENT)
        of.refresh_from_db()
    fields = {"live": True, "net_quantity": Decimal(500), **fields}
    variant = Product(title=title, structure=Product.CHILD, parent=of, **fields)
    variant.save()
    if price is not None:
        in_stock(variant, price, stock)
    return variant


def in_stock(product: Product, price: int, stock: int, **fields: Any) -> StockRecord:
    return StockRecord.objects.create(
        product=product,
        partner=product.canonical.producer,
        partner_sku=f"SKU-{next(_numbers)}",
        price=price,
        num_in_stock=stock,
        num_allocated=0,
        **fields,
    )


def a_certificate(product: Product, *, stars: int | None = 4, **fields: Any) -> Certificate:
    """Decided a year ago, unless told otherwise; `stars=None` is only registered."""
    if stars:
        fields = {
            "decided_on": timezone.localdate() - timedelta(days=365),
            "decision_number": "263/QĐ-UBND",
            "issuer": "UBND tỉnh Bắc Giang",
            **fields,
        }
    return Certificate.objects.create(product=product, stars=stars, **fields)


def a_lot(product: Product, code: str = "BM-2611-04", **fields: Any) -> Lot:
    made = {"produced_on": date(2026, 11, 1), "best_before": timezone.localdate() + timedelta(30)}
    return Lot.objects.create(product=product, code=code, **{**made, **fields})


def a_picture_of(product: Product, title: str = "Ảnh") -> ProductImage:
    """A gallery picture without a file on disk: rows are what these tests read."""
    picture = Picture(title=title, file="original_images/none.png", width=1200, height=1200)
    Picture.objects.bulk_create([picture])
    order = product.images.count()
    return ProductImage.objects.create(product=product, original=picture, display_order=order)

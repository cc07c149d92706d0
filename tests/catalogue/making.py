"""Goods for tests of the catalogue, beside those of `tests.factories`."""

from decimal import Decimal
from typing import Any

from catalogue.models import Category, Product, ProductImage
from catalogue.pictures.models import Picture
from catalogue.text import slugify_vi
from tests.factories import a_category, a_stock_record


def a_group(name: str, *, under: Category | None = None) -> Category:
    """A group outside the 26, at the root or under another."""
    if under:
        return under.add_child(name=name, slug=slugify_vi(name))
    return a_category(name, number=None, slug=slugify_vi(name))


def a_variant(
    of: Product, title: str, *, price: int | None, stock: int = 20, **fields: Any
) -> Product:
    """A live variant; the product it belongs to becomes a parent."""
    if not of.is_parent:
        Product.objects.filter(pk=of.pk).update(structure=Product.PARENT)
        of.refresh_from_db()
    fields = {"live": True, "net_quantity": Decimal(500), **fields}
    variant = Product.objects.create(title=title, structure=Product.CHILD, parent=of, **fields)
    if price is not None:
        a_stock_record(variant, price=price, stock=stock)
    return variant


def a_picture_of(product: Product, title: str = "Ảnh") -> ProductImage:
    """A gallery picture without a file on disk: rows are what these tests read."""
    picture = Picture(title=title, file="original_images/none.png", width=1200, height=1200)
    Picture.objects.bulk_create([picture])
    order = product.images.count()
    return ProductImage.objects.create(product=product, original=picture, display_order=order)

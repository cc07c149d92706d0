"""Products as entries."""

from collections.abc import Iterator

from catalogue.lookup.entries import Entry
from catalogue.models import Product


def product_entries() -> Iterator[Entry]:
    """Listed products with maker, communes old and new, groups and summary, in both languages."""
    products = (
        Product.objects.listed()
        .select_related("producer", "origin__province", "former_origin")
        .prefetch_related("categories", "children")
    )
    for product in products:
        former = product.former_origin
        maker = product.producer
        yield Entry(
            kind="product",
            key=product.pk,
            title=f"{product.title} {product.title_en}",
            places=" ".join(
                [
                    maker.name if maker else "",
                    maker.name_en if maker else "",
                    product.origin.full_name if product.origin else "",
                    product.origin.province.full_name if product.origin else "",
                    f"{former.name} {former.former_district} {former.former_province}"
                    if former
                    else "",
                ]
            ),
            text=" ".join(
                [
                    product.summary,
                    product.summary_en,
                    *(f"{each.name} {each.name_en}" for each in product.categories.all()),
                    *(child.title for child in product.children.all()),
                ]
            ),
            is_alcohol=product.is_alcohol,
        )

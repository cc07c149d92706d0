"""Put so many of one made-up product on sale: `python -m bench.on_sale <stock> [<place>]`.

Prints its page. `place` counts products, so that two runs have one each.
"""

import sys

from bench import django_shop  # noqa: F401  # first: it sets Django up  # isort: skip

from catalogue.models import Product
from shop.partner.models import StockRecord


def the_product(place: int) -> Product:
    usual = Product.objects.listed().filter(
        slug__contains="made-up", product_class__slug="ocop", freight_class="normal"
    )
    return usual.order_by("pk")[place]


def put_on_sale(stock: int, place: int = 0) -> str:
    """The page of the product at that place, of which there are so many now."""
    product = the_product(place)
    # Cheap enough to be paid at the door.
    StockRecord.objects.filter(product=product).update(
        num_in_stock=stock, num_allocated=0, price=45_000
    )
    return product.get_absolute_url()


if __name__ == "__main__":
    print(put_on_sale(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))

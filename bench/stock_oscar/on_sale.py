"""The same in the stock shop: `python -m bench.stock_oscar.on_sale <stock> [<place>]`."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.stock_oscar.settings")
django.setup()

from oscar.apps.catalogue.models import Product  # noqa: E402
from oscar.apps.partner.models import StockRecord  # noqa: E402


def main(stock: int, place: int) -> None:
    product = Product.objects.order_by("pk")[place]
    StockRecord.objects.filter(product=product).update(
        num_in_stock=stock, num_allocated=None, price=45_000
    )
    print(product.get_absolute_url())


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)

"""One product for the stock shop: `python -m bench.stock_oscar.fill <stock>` prints its page."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.stock_oscar.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from oscar.apps.address.models import Country  # noqa: E402
from oscar.apps.catalogue.models import Category, Product, ProductClass  # noqa: E402
from oscar.apps.partner.models import Partner, StockRecord  # noqa: E402


def main(stock: int) -> None:
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
    kind, _made = ProductClass.objects.get_or_create(name="Honey")
    product = Product.objects.create(title="Honey", product_class=kind)
    product.categories.add(Category.objects.first() or Category.add_root(name="Food"))
    partner, _made = Partner.objects.get_or_create(name="Maker")
    StockRecord.objects.create(
        product=product,
        partner=partner,
        partner_sku=f"honey-{product.pk}",
        price=45000,
        price_currency="VND",
        num_in_stock=stock,
    )
    print(product.get_absolute_url())


if __name__ == "__main__":
    main(int(sys.argv[1]))

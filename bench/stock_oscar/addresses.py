"""The pages of the stock shop that stand beside ours: `python -m bench.stock_oscar.addresses`."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.stock_oscar.settings")
django.setup()

from django.db.models import Count  # noqa: E402
from oscar.apps.catalogue.models import Category, Product  # noqa: E402

from bench.names import EXACT  # noqa: E402


def main() -> None:
    group = Category.objects.annotate(n=Count("product")).order_by("-n")[0]
    product = Product.objects.filter(stockrecords__num_in_stock__gt=10).order_by("pk")[0]
    print(
        json.dumps(
            {
                "catalogue": ["/catalogue/"],
                "category": [group.get_absolute_url()],
                # Whoosh offers no facets; sorting by price is what comes nearest.
                "facets": ["/catalogue/?sort_by=price-asc"],
                "search": [f"/search/?q={query}" for query in EXACT[:3]],
                "product": [product.get_absolute_url()],
            }
        )
    )


if __name__ == "__main__":
    main()

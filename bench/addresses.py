"""Pages of a made-up shop that are worth measuring: `python -m bench.addresses` prints JSON."""

import json

from bench import django_shop  # noqa: F401  # first: it sets Django up  # isort: skip

from django.db.models import Count

from bench.names import EXACT, PREFIX, SLIPS
from catalogue.models import Category, Product
from cms.models import GiftPage
from shop.partner.models import Partner


def main() -> None:
    group = Category.objects.exclude(number=None).annotate(n=Count("product")).order_by("-n")[0]
    maker = Partner.objects.filter(code__startswith="made-up").annotate(n=Count("products"))
    busiest = maker.order_by("-n")[0]
    product = (
        Product.objects.filter(slug__contains="made-up", stockrecords__num_in_stock__gt=10)
        .exclude(certificates=None)
        .exclude(lots=None)
        .order_by("pk")[0]
    )
    gift = GiftPage.objects.live().order_by("pk")[0]
    print(
        json.dumps(
            {
                "catalogue": ["/san-pham/"],
                "category": [f"/nhom/{group.slug}/"],
                "facets": [
                    "/san-pham/?sao=4&con=1",
                    f"/san-pham/?nsx={busiest.slug}&sap=gia-tang",
                ],
                "search": [f"/tim-kiem/?q={query}" for query in EXACT[:3]],
                "every search": [f"/tim-kiem/?q={query}" for query in (*EXACT, *PREFIX, *SLIPS)],
                "product": [product.get_absolute_url()],
                "home": ["/"],
                "gift page": [gift.get_url()],
            }
        )
    )


if __name__ == "__main__":
    main()

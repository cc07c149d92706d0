"""The made-up products as a list for the peer: `python -m bench.listed <file.csv>`."""

import csv
import sys
from pathlib import Path

from bench import django_shop  # noqa: F401  # first: it sets Django up  # isort: skip

from catalogue.models import Category
from shop.partner.models import StockRecord


def main(path: Path) -> None:
    """Goods as they are, gift boxes as the single products that stock Oscar has for them."""
    groups = dict(Category.objects.values_list("pk", "name"))
    rows = (
        StockRecord.objects.filter(product__slug__contains="made-up")
        .order_by("product_id")
        .values_list(
            "product__title",
            "product__summary",
            "price",
            "num_in_stock",
            "partner__name",
            "product__categories",
        )
    )
    with path.open("w", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(("title", "summary", "price", "stock", "maker", "group"))
        for title, summary, price, stock, maker, group in rows.iterator():
            sheet.writerow((title, summary, price, stock, maker, groups.get(group, "Hộp quà")))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

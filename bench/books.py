"""Every fault of the books, as JSON: `python -m bench.books`."""

import json

from bench import django_shop  # noqa: F401  # first: it sets Django up  # isort: skip

from shop.payment.books import what_is_wrong as wrong_in_payments
from shop.settlements.books import what_is_wrong as wrong_in_settlements

if __name__ == "__main__":
    print(json.dumps([*wrong_in_payments(), *wrong_in_settlements()]))

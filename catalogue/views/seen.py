"""Cards of what a browser looked at lately; it keeps the keys itself (static/js/seen.js)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.age import shown_to
from catalogue.cards import cards_for
from catalogue.models import Product

#: Cards shown, and keys read; some of the products may be gone.
SHOWN, MOST_KEYS = 4, 8


@require_safe
def seen(request: HttpRequest) -> HttpResponse:
    """The products in `mon`, keys with commas between them, in that order."""
    keys = read_keys(request.GET.get("mon", ""))
    found = shown_to(request, Product.objects.listed().with_origin()).in_bulk(keys)
    products = [found[key] for key in keys if key in found][:SHOWN]
    return render(request, "catalogue/seen.html", {"cards": cards_for(products)})


def read_keys(text: str) -> list[int]:
    typed = text.split(",", MOST_KEYS)[:MOST_KEYS]
    return [int(key) for key in typed if key.isascii() and key.isdigit() and len(key) < 19]

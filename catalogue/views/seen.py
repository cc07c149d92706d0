"""Cards of what a browser looked at lately; it keeps the keys itself (static/js/seen.js)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue.age import has_confirmed_age
from catalogue.cards import cards_by_key

#: Cards shown, and keys read; some of the products may be gone.
SHOWN, MOST_KEYS = 4, 8


@require_safe
def seen(request: HttpRequest) -> HttpResponse:
    """The products in `mon`, keys with commas between them, in that order."""
    keys = read_keys(request.GET.get("mon", ""))
    cards = cards_by_key(keys, with_alcohol=has_confirmed_age(request))
    return render(request, "catalogue/seen.html", {"cards": cards[:SHOWN]})


def read_keys(text: str) -> list[int]:
    """Each once; what is no key is left out."""
    typed = text.split(",", MOST_KEYS)[:MOST_KEYS]
    keys = (int(key) for key in typed if key.isascii() and key.isdigit() and len(key) < 19)
    return list(dict.fromkeys(keys))

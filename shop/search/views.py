"""The search page: one box over products, gift boxes, stories, producers and places."""

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalogue.age import has_confirmed_age
from catalogue.cards import Card, cards_for
from catalogue.lookup.entries import Entry, all_entries
from catalogue.lookup.search import search
from catalogue.models import Category, Product

LONGEST_QUERY = 100
CARDS_A_PAGE = 24
#: Products shown to somebody who found nothing.
OFFERED = 4
KINDS = {
    "product": _("Sản phẩm"),
    "gift": _("Hộp quà"),
    "story": _("Câu chuyện"),
    "producer": _("Nhà sản xuất"),
    "place": _("Địa danh"),
}


@dataclass(frozen=True)
class Kind:
    """One kind of result with how many there are."""

    code: str
    name: str
    count: int
    is_on: bool


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY]
    entries = [e for e in all_entries() if not e.is_alcohol or has_confirmed_age(request)]
    found = search(entries, query)
    counts = Counter(entry.kind for entry in found.hits)
    kind = request.GET.get("loai", "")
    if kind not in counts:
        kind = next((code for code in KINDS if counts[code]), "")
    of_kind = [entry for entry in found.hits if entry.kind == kind]
    page = Paginator(of_kind, CARDS_A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "query": query,
        "corrected": found.corrected,
        "total": len(found.hits),
        "kinds": [
            Kind(code, str(name), counts[code], code == kind)
            for code, name in KINDS.items()
            if counts[code]
        ],
        "kind": kind,
        "page_obj": page,
        "cards": _cards(list(page.object_list)) if kind == "product" else [],
        "offered": [] if found.hits else _offered(),
        "groups": [] if found.hits else list(Category.objects.filter(depth=1).order_by("path")),
    }
    return render(request, "search/results.html", context)


def _cards(hits: list[Entry]) -> list[Card]:
    """Cards in the order of the hits."""
    products = {p.pk: p for p in Product.objects.filter(pk__in=[e.key for e in hits]).for_cards()}
    return cards_for(products[entry.key] for entry in hits if entry.key in products)


def _offered() -> list[Card]:
    """What can be bought now, for somebody who found nothing."""
    products = (
        Product.objects.listed()
        .without_alcohol()
        .with_availability()
        .filter(is_available=True)
        .order_by("-priority", "-date_created")
        .for_cards()
    )
    return cards_for(products[:OFFERED])

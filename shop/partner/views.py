"""The public pages of producers: who they are, where, and what they make."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalogue.age import has_confirmed_age
from catalogue.product_page import trail
from shop.partner.models import Partner
from shop.partner.pages import ProducerPage, map_of, producer_rows


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows = producer_rows(shows_alcohol=has_confirmed_age(request))
    context = {"producers": rows, "map": map_of(row.producer for row in rows)}
    return render(request, "partner/index.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    producer = get_object_or_404(Partner.objects.public().for_pages(), slug=slug)
    page = ProducerPage(producer, shows_alcohol=has_confirmed_age(request))
    return render(
        request,
        "partner/detail.html",
        {"page": page, "producer": producer, "crumbs": trail(page.crumbs)},
    )

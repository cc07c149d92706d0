"""The least that Django does for an answer, and for a page of 48 cards with their SQL."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from jinja2 import Environment

from catalogue.models import Certificate, Product, ProductImage
from catalogue.pictures.models import Picture, Rendition
from shop.partner.models import StockRecord

CARDS = 48
SIZE = "fill-320x320|format-webp"


def bare(request: HttpRequest, slug: str = "") -> HttpResponse:
    return HttpResponse("ok")


def cards(request: HttpRequest) -> HttpResponse:
    return render(request, "cards.html", {"products": _products()})


def cards_by_jinja(request: HttpRequest) -> HttpResponse:
    return render(request, "cards.jinja", {"products": _products()}, using="jinja2")


def _products() -> Any:
    """What a card says and no column more, in as few queries as the ORM needs: six."""
    sizes = Rendition.objects.filter(filter_spec=SIZE).only("image_id", "file", "width", "height")
    pictures = Picture.objects.only("alt_text").prefetch_related(Prefetch("renditions", sizes))
    return (
        Product.objects.filter(live=True, producer__isnull=False)
        .select_related("producer")
        .only("title", "slug", "producer__name")
        .prefetch_related(
            Prefetch(
                "stockrecords", StockRecord.objects.only("product_id", "price", "num_in_stock")
            ),
            Prefetch("certificates", Certificate.objects.only("product_id", "stars")),
            Prefetch("images", ProductImage.objects.only("product_id", "original_id")),
            Prefetch("images__original", pictures),
        )
        .order_by("pk")[:CARDS]
    )


def jinja_environment(**options: Any) -> Environment:
    environment = Environment(**options)
    environment.globals["url"] = reverse
    environment.filters["intcomma"] = intcomma
    return environment

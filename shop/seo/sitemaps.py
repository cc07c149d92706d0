"""Sitemaps of what the shop sells: products, their groups, their producers.

Drinks with alcohol are in none: their pages ask for the visitor's age first and are kept from
search engines (Luật 44/2019/QH14). A room above adds its own section (`register`).
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from catalogue.browse.shelf import listed_categories
from catalogue.models import Category, Product
from shop.partner.models import Partner

#: Addresses of one file; the protocol allows 50,000.
MOST_IN_A_FILE = 10_000


class ShopSitemap(Sitemap):
    """Addresses in each language in which there is something to read, at the public address."""

    i18n = True
    alternates = True
    x_default = True
    limit = MOST_IN_A_FILE

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.BASE_URL).netloc

    def get_languages_for_item(self, item: Any) -> list[str]:
        """Without English words there is no English page to be found."""
        languages = [code for code, _name in settings.LANGUAGES]
        return languages if getattr(item, "english_ready", True) else [settings.LANGUAGE_CODE]


class ProductSitemap(ShopSitemap):
    def items(self) -> Any:
        found = Product.objects.listed().without_alcohol().order_by("pk")
        return found.only("pk", "slug", "english_ready", "date_updated", "structure", "parent")

    def lastmod(self, product: Product) -> datetime:
        return product.date_updated


class GroupSitemap(ShopSitemap):
    """Groups with something in them that anyone may see."""

    def items(self) -> list[Category]:
        seen = Product.objects.listed().without_alcohol()
        filled = set(
            Category.objects.filter(product__in=seen).distinct().values_list("path", flat=True)
        )
        return [
            group
            for group in listed_categories()
            if any(path.startswith(group.path) for path in filled)
        ]


class ProducerSitemap(ShopSitemap):
    def items(self) -> Any:
        return Partner.objects.public().order_by("pk")


class IndexSitemap(ShopSitemap):
    """The two lists that everything else hangs on, and how far the programme is."""

    def items(self) -> list[str]:
        return ["catalogue:index", "partner:index", "programme-progress"]

    def location(self, name: str) -> str:
        return reverse(name)


sections: dict[str, type[Sitemap] | Sitemap] = {
    "phien-cho": IndexSitemap,
    "san-pham": ProductSitemap,
    "nhom": GroupSitemap,
    "nha-san-xuat": ProducerSitemap,
}


def register(name: str, sitemap: type[Sitemap]) -> None:
    """A further section, of a room that this one does not know; `name` stands in its address."""
    sections[name] = sitemap

"""The sitemap of what is told: stories, gift pages, places, policies, in their languages."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.functional import cached_property

from catalogue.structured_data import absolute
from cms.addresses import page_path
from shop.seo.sitemaps import ShopSitemap, register


class PageSitemap(ShopSitemap):
    """Live pages that anyone may read, beside their translations. No alcohol, as for products."""

    i18n = False

    @cached_property
    def _found(self) -> list[Any]:
        from wagtail.models import Site

        from cms.models import BasePage, StoryPage

        under = Q(pk__in=[])
        for site in Site.objects.select_related("root_page"):
            for root in site.root_page.get_translations(inclusive=True):
                under |= Q(path__startswith=root.path)
        pages = BasePage.objects.filter(under).live().public()
        kept = StoryPage.objects.filter(product__abv__gt=0).values("pk")
        return list(pages.exclude(pk__in=kept).select_related("locale").order_by("path"))

    def items(self) -> list[Any]:
        return self._found

    def location(self, page: Any) -> str:
        return page_path(page)

    def lastmod(self, page: Any) -> datetime | None:
        return page.last_published_at or page.latest_revision_created_at

    @cached_property
    def _translations(self) -> dict[Any, list[Any]]:
        by_key = defaultdict(list)
        for page in self._found:
            by_key[page.translation_key].append(page)
        return by_key

    def get_urls(self, page: Any = 1, site: Any = None, protocol: Any = None) -> list[dict]:
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            same = self._translations[url["item"].translation_key]
            if len(same) < 2:
                continue
            url["alternates"] = [
                {"location": absolute(page_path(each)), "lang_code": lang}
                for each in same
                for lang in _languages_of(each)
            ]
        return urls


def _languages_of(page: Any) -> list[str]:
    code = page.locale.language_code
    return [code, "x-default"] if code == settings.LANGUAGE_CODE else [code]


def connect() -> None:
    register("trang", PageSitemap)

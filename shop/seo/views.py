"""sitemap.xml, its sections, and robots.txt. Outside the languages: one for the whole shop."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps.views import SitemapIndexItem, sitemap
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from shop.seo.sitemaps import sections

#: How long a robot may keep what it read, seconds.
KEPT_SECONDS = 3600
#: Pages for one visitor, and lists that anybody's words may make endless.
_NOT_FOR_ROBOTS = (
    "basket:summary",
    "checkout:index",
    "customer:summary",
    "producers:home",
    "search:search",
    "wishlists:summary",
)
_OFFICES = ("/cms/", "/quan-ly/", "/webhooks/", "/dia-gioi/", "/don-hang/")


@require_safe
@cache_control(max_age=KEPT_SECONDS, public=True)
def index(request: HttpRequest) -> HttpResponse:
    """Where the sitemap of each section is, a large one in several files."""
    items = []
    for name, make in sections.items():
        section = make() if callable(make) else make
        address = f"{settings.BASE_URL}{reverse('sitemap-section', args=[name])}"
        lastmod: Any = section.get_latest_lastmod()
        items.append(SitemapIndexItem(address, lastmod))
        for page in range(2, section.paginator.num_pages + 1):
            items.append(SitemapIndexItem(f"{address}?p={page}", lastmod))
    return render(request, "sitemap_index.xml", {"sitemaps": items}, content_type="application/xml")


@require_safe
@cache_control(max_age=KEPT_SECONDS, public=True)
def section(request: HttpRequest, section: str) -> HttpResponse:
    return sitemap(request, sections, section).render()


@require_safe
@cache_control(max_age=KEPT_SECONDS, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    closed = list(_OFFICES)
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            closed += [reverse(name) for name in _NOT_FOR_ROBOTS]
    context = {"closed": closed, "sitemap": f"{settings.BASE_URL}{reverse('sitemap')}"}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")

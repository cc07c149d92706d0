"""Structured data of pages: the shop itself on its home page, stories as articles, where one is."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from catalogue.product_page import Crumb
from catalogue.structured_data import absolute, breadcrumbs_data, told
from cms.addresses import page_path
from cms.share_cards import share_card_of
from shop.seller import seller_of

if TYPE_CHECKING:
    from cms.models import BasePage

LOGO = "illustrations/logo.svg"


def page_data(page: "BasePage", request: HttpRequest) -> list[dict[str, Any]]:
    """The blocks of one page, empty values left out."""
    from cms.models import HomePage, StoryPage

    if isinstance(page, HomePage):
        return [told(site_data(page)), told(shop_data(request))]
    blocks = [breadcrumbs_data(_way_to(page))]
    if isinstance(page, StoryPage) and not page.is_kept_from_search_engines():
        blocks.append(told(article_data(page)))
    return blocks


def site_data(home: Any) -> dict[str, Any]:
    search = absolute(reverse("search:search"))
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings.OSCAR_SHOP_NAME,
        "url": absolute(page_path(home)),
        "inLanguage": home.locale.language_code,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def shop_data(request: HttpRequest) -> dict[str, Any]:
    """Who sells, as staff entered it; made-up sellers of a demo are not told as facts."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": settings.OSCAR_SHOP_NAME,
        "url": absolute("/"),
        "logo": absolute(static(LOGO)),
    }
    seller = seller_of(request)
    if seller.sample:
        return data
    return data | {
        "legalName": seller.name,
        "address": seller.address,
        "taxID": seller.tax_code,
        "telephone": seller.phone,
        "email": seller.email,
    }


def article_data(story: Any) -> dict[str, Any]:
    card = share_card_of(story)
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": story.title,
        "description": story.search_description or story.lead,
        "url": absolute(page_path(story)),
        "image": absolute(card.src) if card else "",
        "inLanguage": story.locale.language_code,
        "datePublished": _day(story.first_published_at),
        "dateModified": _day(story.last_published_at),
        "author": {"@type": "Person", "name": story.author} if story.author else None,
        "publisher": {
            "@type": "Organization",
            "name": settings.OSCAR_SHOP_NAME,
            "url": absolute("/"),
        },
    }


def _day(moment: Any) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""


def _way_to(page: "BasePage") -> list[Crumb]:
    """Home, sections, the page; reads the ancestors."""
    above = page.get_ancestors().filter(depth__gt=1).live()
    return [Crumb(each.title, page_path(each)) for each in [*above, page]]

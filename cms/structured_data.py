"""Structured data of pages: the shop itself, stories as articles, events, recipes, where one is."""

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


def page_data(page: "BasePage", request: HttpRequest, way: list[Crumb]) -> list[dict[str, Any]]:
    """The blocks of one page that stands at the end of `way`, empty values left out."""
    from cms.models import EventPage, HomePage, StoryPage
    from cms.models.sources import ToldPage

    if isinstance(page, HomePage):
        return [told(site_data(page)), told(shop_data(request))]
    blocks = [breadcrumbs_data(way)]
    if page.is_kept_from_search_engines():
        return blocks
    if isinstance(page, StoryPage):
        blocks.append(told(article_data(page)))
    if isinstance(page, EventPage) and page.span:
        blocks.append(told(event_data(page)))
    if isinstance(page, ToldPage):
        blocks += _data_in(page.body)
    return blocks


def _data_in(body: Any) -> list[dict[str, Any]]:
    """Recipes and questions of a stream."""
    from cms.blocks.questions import QuestionsBlock, questions_data
    from cms.blocks.recipe import RecipeBlock, recipe_data

    recipes = [each.value for each in body if isinstance(each.block, RecipeBlock)]
    questions = [each.value for each in body if isinstance(each.block, QuestionsBlock)]
    found = [told(recipe_data(value)) for value in recipes]
    return [*found, questions_data(questions)] if questions else found


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
        "legalName": seller.display_name,
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


def event_data(event: Any) -> dict[str, Any]:
    card, ward = share_card_of(event), event.ward
    address = {
        "@type": "PostalAddress",
        "streetAddress": event.venue,
        "addressLocality": ward.phrase if ward else "",
        "addressRegion": ward.province.phrase if ward else "",
        "addressCountry": "VN",
    }
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "description": event.search_description or event.lead,
        "url": absolute(page_path(event)),
        "image": absolute(card.src) if card else "",
        "inLanguage": event.locale.language_code,
        "startDate": timezone.localtime(event.starts_at).isoformat(),
        "endDate": timezone.localtime(event.ends_at).isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": event.venue, "address": told(address)},
        "organizer": {"@type": "Organization", "name": event.organiser}
        if event.organiser
        else None,
    }


def _day(moment: Any) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""


def way_to(page: "BasePage") -> list[Crumb]:
    """Home, sections, the page; reads the ancestors."""
    above = page.get_ancestors().filter(depth__gt=1).live()
    return [Crumb(each.title, page_path(each)) for each in [*above, page]]

"""What templates ask of the catalogue."""

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from catalogue.browse.listing import Listing
from catalogue.card_drawing import drawn_card
from catalogue.cards import Card
from catalogue.money import format_dong
from catalogue.page_drawing import Fresh, drawn_page
from catalogue.product_page import ProductPage
from catalogue.reviews_shown import Reviews
from catalogue.share_cards.facts import SHOP, SHOP_PK, ShareCard, ShareFacts, of_shop, share_card
from catalogue.structured_data import absolute, product_data

register = template.Library()
#: Texts that are kept of one shelf: sheets of filters are some twenty kilobytes each.
MOST_DRAWN = 500

register.filter("dong", format_dong)
register.filter("absolute", absolute)

#: Letters that would end the script element or start another, as JSON writes them.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&\u2028\u2029"}


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """Structured data as a data block; no text of a producer can leave it."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # every angle bracket and ampersand is escaped above
    )


@register.simple_tag
def product_json_ld(page: ProductPage, reviews: Reviews | None = None) -> SafeString:
    """What search engines read of a product; nothing of one that they are not to find."""
    if page.is_hidden_from_search:
        return mark_safe("")
    return json_ld(product_data(page, reviews or Reviews()))


@register.simple_tag(takes_context=True)
def draw_page(context: template.Context, name: str) -> SafeString:
    """The template `name` of the product's page in the context, kept with the page."""
    return drawn_page(name, context)


@register.tag
def fresh(parser: Parser, token: Token) -> Fresh:
    """`{% fresh %}…{% endfresh %}` in such a template: drawn each time."""
    inside = parser.parse(("endfresh",))
    parser.delete_first_token()
    return Fresh(inside)


@register.simple_tag
def shop_share_card() -> ShareCard:
    """What networks show of a page without a card of its own."""
    return share_card(SHOP, SHOP_PK, of_shop(SHOP_PK) or ShareFacts(""))


@register.simple_tag(takes_context=True)
def draw_card(context: template.Context) -> SafeString:
    """The card of the context, as `components/product_card.html` says."""
    return drawn_card(
        context["card"],
        eager=bool(context.get("eager")),
        sizes=context.get("sizes") or "",
        query=_page_it_stands_on(context),
    )


@register.simple_tag(takes_context=True)
def draw_cards(context: template.Context, cards: Iterable[Card], eager: int = 0) -> SafeString:
    """Cards one after the other, of which the first `eager` stand above the fold.

    As `components/product_card.html` each, without what an included template costs.
    """
    query = _page_it_stands_on(context)
    return mark_safe(  # each one was drawn by its template
        "".join(drawn_card(card, eager=n < eager, query=query) for n, card in enumerate(cards))
    )


def _page_it_stands_on(context: template.Context) -> str:
    bought_from = context.get("bought_from")
    return str(bought_from.query) if bought_from else ""


@register.simple_tag
def draw_filters(listing: Listing, filters_open: bool) -> SafeString:
    """`catalogue/filters.html`, once for each shelf and choice: all that it says comes of them."""
    key = ("open" if filters_open else "", *listing.filters_key)
    return _drawn_of_shelf("catalogue/filters.html", listing, key, filters_open=filters_open)


@register.simple_tag
def draw_of_listing(name: str, listing: Listing) -> SafeString:
    """A template that says nothing but what the shelf says of this page of a choice: once."""
    return _drawn_of_shelf(name, listing, listing.page_key)


def _drawn_of_shelf(name: str, listing: Listing, key: tuple[str, ...], **more: Any) -> SafeString:
    key = (name, get_language() or "", *key)
    drawn = listing.shelf.drawn
    text = drawn.get(key)
    if text is None:
        text = get_template(name).render({"listing": listing, **more})
        if len(drawn) >= MOST_DRAWN:
            drawn.clear()
        drawn[key] = text
    return mark_safe(text)  # drawn by the template

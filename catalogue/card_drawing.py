"""Product cards drawn: the template once for each card, then from memory."""

import secrets

from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from catalogue.cards import Card

#: Stands where the title goes: nothing that a producer could type.
_TITLE = secrets.token_hex(16)
#: Ways in which one card is drawn, by size, page and place; a new one begins again.
MOST_WAYS = 12


def drawn_card(card: Card, *, eager: bool = False, sizes: str = "", query: str = "") -> SafeString:
    """`components/product_card_drawn.html`. `query` is added to the product's address.

    What decides how it looks is the card, which never changes, and these few words.
    """
    language = get_language() or ""
    way = (language, "eager" if eager else "", sizes, query)
    halves = card.drawn.get(way)
    if halves is None:
        page = get_template("components/product_card_drawn.html").render(
            {
                "card": card,
                "eager": eager,
                "sizes": sizes,
                "query": query,
                "language": language,
                "title_here": _TITLE,
            }
        )
        before, after = page.split(_TITLE)
        if len(card.drawn) >= MOST_WAYS:
            card.drawn.clear()
        halves = card.drawn[way] = before, after
    title = card.marked if card.marked is not None else escape(card.title)
    return mark_safe(f"{halves[0]}{title}{halves[1]}")  # the template and the title are escaped

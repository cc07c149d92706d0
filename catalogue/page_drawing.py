"""A product's page drawn: what is the same for everybody once, what is not each time.

A template drawn so is given the product's page and the way to it, and nothing of whoever asks. What
is theirs, or may change while the page does not, stands in it between `{% fresh %}` and
`{% endfresh %}`: left out while drawing, drawn in its place in the answer of each visitor.
"""

import secrets
from typing import Any

from django.conf import settings
from django.template import Context, NodeList
from django.template.base import Node
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from catalogue.product_page import ProductPage, trail
from catalogue.structured_data import breadcrumbs_data

#: Stands where something is drawn each time: nothing that a producer could type.
_FRESH = secrets.token_hex(16)
#: The name by which a fresh part finds out that the template around it is drawn to be kept.
_LEFT_OUT = "_left_out"
#: Texts that are kept of one page: the way to it changes when a group is renamed.
MOST_WAYS = 12


class Fresh(Node):
    """A part of a kept page that is drawn each time, in the context of the whole page.

    It sees what the page's view gave, not what a loop or an include around it named.
    """

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        left_out = context.get(_LEFT_OUT)
        if left_out is None:  # drawn by itself
            return self.nodelist.render(context)
        left_out.append(self.nodelist)
        return mark_safe(_FRESH)  # letters and digits


def drawn_page(name: str, context: Context) -> SafeString:
    """The template `name`, of the `page` in this context and the way to it (`around.crumbs`)."""
    page: ProductPage = context["page"]
    crumbs = context["around"].crumbs
    way = (name, crumbs)
    if way not in page.drawn:
        if len(page.drawn) >= MOST_WAYS:
            page.drawn.clear()
        page.drawn[way] = _drawn(name, page, crumbs)
    texts, left_out = page.drawn[way]
    said = [texts[0]]
    for fresh, text in zip(left_out, texts[1:], strict=True):
        said += fresh.render(context), text
    return mark_safe("".join(said))  # drawn by templates


def _drawn(name: str, page: ProductPage, crumbs: Any) -> tuple[list[str], list[NodeList]]:
    left_out: list[NodeList] = []
    text = get_template(name).render(
        {
            "page": page,
            "product": page.product,
            "crumbs": trail(crumbs),
            "breadcrumbs_data": breadcrumbs_data(crumbs),
            "shop_name": settings.OSCAR_SHOP_NAME,
            "LANGUAGE_CODE": get_language(),
            _LEFT_OUT: left_out,
        }
    )
    return text.split(_FRESH), left_out

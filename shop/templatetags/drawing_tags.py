"""Parts of a page that look alike for many, drawn once."""

from collections.abc import Hashable

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
#: Ways in which one part is kept; with one more they begin again.
MOST_WAYS = 64


class DrawnOnce(template.Node):
    """Its part of the template, kept by a key that says all that decides how it looks."""

    def __init__(self, key: template.base.FilterExpression, nodelist: template.NodeList) -> None:
        self.key = key
        self.nodelist = nodelist
        self._kept: dict[Hashable, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        key: Hashable = self.key.resolve(context)
        if key is None:
            return self.nodelist.render(context)
        way = (get_language(), key)
        drawn = self._kept.get(way)
        if drawn is None:
            drawn = self.nodelist.render(context)
            if len(self._kept) >= MOST_WAYS:
                self._kept.clear()
            self._kept[way] = drawn
        return drawn


@register.tag
def drawn_once(parser: template.base.Parser, token: template.base.Token) -> DrawnOnce:
    """`{% drawn_once key %}…{% enddrawn_once %}`: drawn once for each key and language.

    Without a key (None) it is drawn each time: that is for what somebody typed.
    """
    _tag, key = token.split_contents()
    nodelist = parser.parse(("enddrawn_once",))
    parser.delete_first_token()
    return DrawnOnce(parser.compile_filter(key), nodelist)

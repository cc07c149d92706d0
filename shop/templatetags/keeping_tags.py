"""Parts of pages that are the same for many, drawn once."""

from collections.abc import Callable, Hashable
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

#: Texts that one place in a template keeps; one more begins again.
MOST_KEPT = 64
#: Values that are equal only when they read the same. (Rows are equal by their key alone.)
_PLAIN = (str, int, type(None))


class _Keeping(template.Node):
    """A place in a template whose text is kept by language and key."""

    child_nodelists = ("inside",)

    def __init__(self, inside: NodeList) -> None:
        self.inside = inside
        self._texts: dict[Hashable, str] = {}

    def kept(self, key: Hashable, draw: Callable[[], str]) -> str:
        way = (get_language(), key)
        text = self._texts.get(way)
        if text is None:
            text = draw()
            if len(self._texts) >= MOST_KEPT:
                self._texts.clear()
            self._texts[way] = text
        return text


class KeepDrawn(_Keeping):
    """What it draws is kept by its values, and may name nothing else."""

    def __init__(self, inside: NodeList, values: dict[str, FilterExpression]) -> None:
        super().__init__(inside)
        self._values = values

    def render(self, context: template.Context) -> str:
        values = {name: value.resolve(context) for name, value in self._values.items()}
        # The kinds with it: a text that is safe equals one that is not.
        key = (*map(type, values.values()), *values.values())
        return self.kept(key, lambda: self._drawn(context, values))

    def _drawn(self, context: template.Context, values: dict[str, Any]) -> str:
        for name, value in values.items():
            if not _is_plain(value):
                raise TypeError(f"keep_drawn: {name} is no plain value: {type(value).__name__}")
        alone = template.Context(values, autoescape=context.autoescape)
        with alone.bind_template(context.template):  # type: ignore[arg-type]
            return str(self.inside.render(alone))


def _is_plain(value: Any, *, within: bool = False) -> bool:
    """Nor a lazy one, which would keep its page; in a tuple no safe text, which equals others."""
    if issubclass(type(value), tuple):
        return all(_is_plain(each, within=True) for each in value)
    return issubclass(type(value), _PLAIN) and not (within and isinstance(value, SafeString))


@register.tag
def keep_drawn(parser: Parser, token: Token) -> KeepDrawn:
    """`{% keep_drawn name other=expression %}…{% endkeep_drawn %}`: drawn once for these values.

    Within stand these values and nothing else of the page: what is not in the key cannot be in
    the text. So nothing of one visitor reaches another, and nothing is dropped when a value
    changes. Values are texts, numbers and tuples of them.
    """
    values: dict[str, FilterExpression] = {}
    for bit in token.split_contents()[1:]:
        named = token_kwargs([bit], parser)
        values |= named or {bit: parser.compile_filter(bit)}
    return KeepDrawn(_inside(parser, "endkeep_drawn"), values)


class KeepDrawnBy(_Keeping):
    """What it draws is kept by a key that says all that decides how it looks."""

    def __init__(self, inside: NodeList, key: FilterExpression) -> None:
        super().__init__(inside)
        self._key = key

    def render(self, context: template.Context) -> str:
        key: Hashable = self._key.resolve(context)
        if key is None:
            return self.inside.render(context)
        return self.kept(key, lambda: self.inside.render(context))


@register.tag
def keep_drawn_by(parser: Parser, token: Token) -> KeepDrawnBy:
    """`{% keep_drawn_by key %}…{% endkeep_drawn_by %}`: for parts that no plain values tell.

    Whoever makes the key answers for it: it says all that decides how the part looks. Without a
    key (None) the part is drawn each time, as what somebody typed must be.
    """
    _tag, key = token.split_contents()
    return KeepDrawnBy(_inside(parser, "endkeep_drawn_by"), parser.compile_filter(key))


def _inside(parser: Parser, end: str) -> NodeList:
    inside = parser.parse((end,))
    parser.delete_first_token()
    return inside

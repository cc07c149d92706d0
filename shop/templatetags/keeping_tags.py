"""Parts of pages that are the same for everybody, drawn once and kept by what they show."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils.translation import get_language

register = template.Library()

#: Texts that one place in a template keeps; one more begins again.
MOST_KEPT = 64
#: Values that are equal only when they read the same. (Rows are equal by their key alone.)
_PLAIN = (str, int, tuple, type(None))


class KeepDrawn(template.Node):
    """What it draws is kept by the language and its values, and may name nothing else."""

    child_nodelists = ("inside",)

    def __init__(self, inside: NodeList, values: dict[str, FilterExpression]) -> None:
        self.inside = inside
        self._values = values
        self._kept: dict[tuple[Any, ...], str] = {}

    def render(self, context: template.Context) -> str:
        values = {name: value.resolve(context) for name, value in self._values.items()}
        # The kinds with it: a text that is safe equals one that is not.
        key = (get_language(), *map(type, values.values()), *values.values())
        drawn = self._kept.get(key)
        if drawn is None:
            drawn = self._drawn(context, values)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = drawn
        return drawn

    def _drawn(self, context: template.Context, values: dict[str, Any]) -> str:
        for name, value in values.items():
            if not issubclass(type(value), _PLAIN):  # nor a lazy one, which would keep its page
                raise TypeError(f"keep_drawn: {name} is no plain value: {type(value).__name__}")
        alone = template.Context(values, autoescape=context.autoescape)
        with alone.bind_template(context.template):  # type: ignore[arg-type]
            return str(self.inside.render(alone))


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
    inside = parser.parse(("endkeep_drawn",))
    parser.delete_first_token()
    return KeepDrawn(inside, values)

"""Staff's own words: read by an engine that knows only `tags`, checked before they are kept."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.template import Context, Engine, TemplateSyntaxError
from django.template.base import FilterExpression, Lexer, Parser, TokenType, Variable
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shop.communication.wording import tags
from shop.communication.wording.markup import check_markup

MOST_LETTERS = 20_000
_MARKS = re.compile(r"\{\{|\}\}|\{%|%\}")


class _Engine(Engine):
    default_builtins = ["shop.communication.wording.tags"]


_HTML = _Engine(loaders=[])
_TEXT = _Engine(loaders=[], autoescape=False)


def drawn(source: str, facts: Mapping[str, Any], *, is_html: bool) -> SafeString:
    """Staff's words with the facts put in. Raises TemplateSyntaxError and what the facts raise."""
    engine = _HTML if is_html else _TEXT
    context = Context({**facts, "is_html": is_html}, autoescape=engine.autoescape)
    return engine.from_string(source).render(context)


def variables_in(source: str) -> set[str]:
    """Every fact that is named, `order.number`. Raises TemplateSyntaxError."""
    parser = _Reader(Lexer(source).tokenize(), {}, _HTML.template_builtins)
    parser.parse()
    return parser.found


class _Reader(Parser):
    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.found: set[str] = set()

    def compile_filter(self, token: str) -> FilterExpression:
        expression = super().compile_filter(token)
        arguments = [each for _filter, given in expression.filters for _is, each in given]
        for each in (expression.var, *arguments):
            if isinstance(each, Variable) and each.lookups is not None:
                self.found.add(str(each.var))
        return expression


def check(source: str, *, allowed: Collection[str], needed: Collection[str], is_html: bool) -> None:
    """Raises ValidationError, in words for staff, for what may not be kept.

    `allowed` are the facts that this letter has, `needed` those without which it is useless.
    """
    if len(source) > MOST_LETTERS:
        raise ValidationError(_("Mẫu dài quá 20.000 chữ."))
    if stray := _stray_mark(source):
        raise ValidationError(
            _("Dấu %(mark)s đứng lẻ: viết đủ cả mở lẫn đóng, như {{ link }}.") % {"mark": stray}
        )
    for name in _tag_names(source):
        if name not in tags.register.tags and name not in tags.INNER:
            raise ValidationError(_("Không có thẻ {%% %(tag)s %%} trong thư.") % {"tag": name})
    try:
        named = variables_in(source)
    except TemplateSyntaxError as error:
        raise ValidationError(_("Mẫu viết chưa đúng: %(error)s") % {"error": error}) from error
    for name in sorted(named):
        if name not in allowed and not name.startswith("forloop."):
            raise ValidationError(_("Thư này không có {{ %(name)s }}.") % {"name": name})
    for name in needed:
        if name not in named:
            raise ValidationError(
                _("Thiếu {{ %(name)s }}: người nhận không mở được trang của họ.") % {"name": name}
            )
    check_markup(source, is_html=is_html)


def _stray_mark(source: str) -> str:
    """A mark of the template that opens or closes nothing: the engine would print it as it is."""
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.TEXT and (found := _MARKS.search(token.contents)):
            return found[0]
    return ""


def _tag_names(source: str) -> list[str]:
    tokens = Lexer(source).tokenize()
    return [t.contents.split()[0] for t in tokens if t.token_type == TokenType.BLOCK and t.contents]

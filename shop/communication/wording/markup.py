"""What staff's words may look like, so that no letter carries a reader's secret link elsewhere.

Links of letters open an order, a quote, a consent. A picture or an address of another site with
such a link in it would hand it over, so links stand alone, and only plain markup is let through:
a list of what may be, for a list of what may not is never whole.
"""

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.template.base import Lexer, Token, TokenType
from django.utils.translation import gettext as _

#: Facts that are known to one reader only.
SECRETS = frozenset({"link", "confirm_link", "cancel_link", "stop_link", "item.link"})
#: Facts that hold such ones, and would show them if they were written out whole.
HOLDERS = frozenset({"goods"})
#: Facts with which an address may begin.
PUBLIC = frozenset({"base_url", "tracking_link"})
TAGS = frozenset(
    (
        *("p", "br", "hr", "div", "span", "a", "strong", "b", "em", "i", "u", "small"),
        *("h2", "h3", "h4", "ul", "ol", "li", "blockquote"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    )
)
ATTRIBUTES = frozenset(
    (
        *("style", "align", "valign", "width", "height", "cellpadding", "cellspacing"),
        *("colspan", "rowspan", "role", "lang", "dir"),
    )
)
#: Stand for tokens of the template while its markup is read.
_BLOCK, _SECRET, _BASE, _FACT = "\x01", "\x02", "\x03", "\x04"
#: The one form of a tag: every value in double quotes, nothing of the template's tags inside.
_TAG = re.compile(r'</?([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"<>\x01]*")*)\s*/?>', re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"', re.IGNORECASE)
_SAFE_LINK = re.compile(r"\x02|(https?://|mailto:|tel:|\x03)[^\x02]*", re.IGNORECASE)
_SAFE_STYLE = re.compile(r"(?!.*url)[\w\s:;#%.,'()!-]*", re.IGNORECASE | re.DOTALL)
#: After these a link stands alone: no program reads it as the end of an address before it.
_ALONE = re.compile(r"(^|[ \t\r\n])$")
_ALONE_IN_HTML = re.compile(r"(^|[ \t\r\n]|<(p|br|td|div|li)\b[^<>]*>)$", re.IGNORECASE)


def check_markup(source: str, *, is_html: bool) -> None:
    """Raises ValidationError, in words for staff. `source` compiles already."""
    flat = "".join(_flattened(Lexer(source).tokenize()))
    inside: set[int] = set()
    if is_html:
        for tag in _tags(flat):
            _check_tag(tag)
            inside.update(range(*tag.span()))
    alone = _ALONE_IN_HTML if is_html else _ALONE
    for place, letter in enumerate(flat):
        if letter == _SECRET and place not in inside and not alone.search(flat[:place]):
            raise ValidationError(_("Đường dẫn riêng của người nhận phải đứng một mình."))


def _flattened(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        words = token.contents
        if token.token_type == TokenType.TEXT:
            yield re.sub("[\x00-\x04]", _BLOCK, words)
        elif token.token_type == TokenType.VAR:
            yield _fact(words.strip())
        elif token.token_type == TokenType.BLOCK:
            _check_block(words)
            yield _BLOCK


def _fact(words: str) -> str:
    if words in SECRETS:
        return _SECRET
    if _names(words) & (SECRETS | HOLDERS):  # a filter, or a link as what another fact lacks
        raise ValidationError(_("Đường dẫn riêng của người nhận phải đứng một mình."))
    return _BASE if words in PUBLIC else _FACT


def _check_block(words: str) -> None:
    """A loop or a name given anew would make a link into something that looks harmless."""
    name, *bits = words.split()
    if name == "for":
        given = set(" ".join(bits).split(" in ")[0].replace(",", " ").split())
        wrong = bool(given & (SECRETS | HOLDERS) or _names(" ".join(bits)) & SECRETS)
        # `{{ title }}` of a loop over goods would be the goods themselves.
        wrong = wrong or (bool(_names(words) & HOLDERS) and given != {"item"})
    else:
        wrong = name != "if" and name != "elif" and "as" in bits
    if wrong:
        raise ValidationError(_("Thẻ {%% %(tag)s %%} không dùng được ở đây.") % {"tag": words})


def _names(words: str) -> set[str]:
    return set(re.findall(r"[\w.]+", words))


def _tags(flat: str) -> Iterator[re.Match[str]]:
    at = flat.find("<")
    while at >= 0:
        tag = _TAG.match(flat, at)
        if tag is None or tag[1].lower() not in TAGS:
            begun = re.match(r"<\s*[/!]?\s*\w*", flat[at:])
            raise _refused(begun[0] if begun else "<")
        yield tag
        at = flat.find("<", tag.end())


def _check_tag(tag: re.Match[str]) -> None:
    for name, value in _ATTRIBUTE.findall(tag[2]):
        kind = name.lower()
        if kind == "href" and tag[1].lower() == "a":
            sound = _SAFE_LINK.fullmatch(value) is not None
        elif kind == "style":
            sound = _SAFE_STYLE.fullmatch(value) is not None
        else:
            sound = kind in ATTRIBUTES and _SECRET not in value
        if not sound:
            raise _refused(f"{name}=…")


def _refused(what: str) -> ValidationError:
    return ValidationError(_("Thư không dùng được “%(what)s”.") % {"what": what})

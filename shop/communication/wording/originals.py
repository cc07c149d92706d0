"""The shop's own templates as staff may edit them: in one language, without what loads files."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.template.base import Lexer, Token, TokenType
from django.template.loader import get_template
from django.utils.translation import gettext, override

#: The end of a template's name for each part of a letter.
ENDINGS = {"subject": ".subject.txt", "text": ".txt", "html": ".html"}
#: Tags that only hold the file together.
_FRAME = ("load", "extends", "autoescape", "endautoescape")
_NAMED = re.compile(r"%\((\w+)\)s")


class NotEditable(Exception):
    """This template uses something that has no form for staff."""


def file_of(event_code: str, part: str) -> str:
    """The name of the template: `ORDER_PAID`, `html` is `emails/order_paid.html`."""
    return f"emails/{event_code.lower()}{ENDINGS[part]}"


def original(event_code: str, part: str, language: str) -> str:
    """The shop's own words of a part, to begin from. Raises NotEditable, TemplateDoesNotExist."""
    file: Any = get_template(file_of(event_code, part))
    with override(language):
        words = _Plain(is_html=part == "html").read(file.template.source)
    return " ".join(words.split()) if part == "subject" else words.strip() + "\n"


@dataclass
class _Plain:
    """Reads a template once and writes it without translations and frame."""

    is_html: bool
    out: list[str] = field(default_factory=list)
    #: Names that `{% trans … as name %}` gave, and their words.
    said: dict[str, str] = field(default_factory=dict)

    def read(self, source: str) -> str:
        tokens = Lexer(source).tokenize()
        inside = not self.is_html
        while tokens:
            token = tokens.pop(0)
            bits = token.split_contents() if token.token_type == TokenType.BLOCK else [""]
            if bits[0] == "block":
                inside = bits[1] == "body"
            elif bits[0] == "endblock":
                inside = False
            elif bits[0] in ("blocktrans", "blocktranslate"):
                words = self._block(tokens, bits)
                self.out += [words] if inside else []
            elif inside:
                self.out.append(self._plain(token, bits))
        return "".join(self.out)

    def _plain(self, token: Token, bits: list[str]) -> str:
        if token.token_type == TokenType.TEXT:
            return token.contents
        if token.token_type == TokenType.COMMENT or bits[0] in _FRAME:
            return ""
        if token.token_type == TokenType.VAR:
            return self.said.get(token.contents, f"{{{{ {token.contents} }}}}")
        if bits[0] in ("trans", "translate"):
            words = gettext(bits[1][1:-1])
            if "as" in bits:
                self.said[bits[-1]] = words
                return ""
            return words
        if bits[0] in ("include", "url", "with"):
            raise NotEditable(token.contents)
        bits = [f'"{self.said[bit]}"' if bit in self.said else bit for bit in bits]
        return f"{{% {' '.join(bits)} %}}"

    def _block(self, tokens: list[Token], bits: list[str]) -> str:
        """A translated sentence with its facts put back in place."""
        if "count" in bits:
            raise NotEditable("blocktrans count")
        facts = dict(bit.split("=", 1) for bit in bits[1:] if "=" in bit)
        message = []
        while (token := tokens.pop(0)).token_type != TokenType.BLOCK:
            if token.token_type == TokenType.VAR:
                message.append(f"%({token.contents})s")
            else:
                message.append(token.contents.replace("%", "%%"))
        words = gettext("".join(message))
        return _NAMED.sub(lambda name: f"{{{{ {facts.get(name[1], name[1])} }}}}", words).replace(
            "%%", "%"
        )

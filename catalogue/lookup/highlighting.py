"""Folded words found again in text as people write it."""

import re
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from catalogue.lookup.backends.base import Row
from catalogue.lookup.folding import folded_words

#: Texts that a process keeps with their marks: folding each word is what a title costs.
MOST_KEPT = 4000

#: A word with the marks that may follow its letters (text from a Mac comes decomposed).
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")


@lru_cache(maxsize=MOST_KEPT)
def highlighted(text: str, words: tuple[str, ...]) -> SafeString:
    """`text`, escaped, with `<mark>` around each word that is one of `words` or begins so."""
    done, parts = 0, []
    for match in _WORD.finditer(text):
        folded = folded_words(match[0])
        if any(folded == word or (len(word) > 1 and folded.startswith(word)) for word in words):
            parts.append(f"{escape(text[done : match.start()])}<mark>{escape(match[0])}</mark>")
            done = match.end()
    parts.append(str(escape(text[done:])))
    # Two marks with only a space between them read as one.
    return mark_safe("".join(parts).replace("</mark> <mark>", " "))  # escaped above


def written_in(words: list[str], row: Row) -> str:
    """Folded words as `row` writes them: `banh`, `mat` as "bánh mật"; else as they are."""
    spelling: dict[str, str] = {}
    for text in (row.name, row.name_en, row.lead, row.lead_en):
        for match in _WORD.finditer(text):
            spelling.setdefault(folded_words(match[0]), match[0].lower())
    return " ".join(spelling.get(word, word) for word in words)

"""Find forbidden claims in text. The list and its sources are in `words.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from catalogue.text import fold

_LIST = Path(__file__).with_name("words.toml")
_WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*|%")
_TAG = re.compile(r"<[^>]*>")
#: Letters shown on each side of a finding.
EXCERPT_LETTERS = 30


@dataclass(frozen=True)
class Finding:
    """A claim that may not be made: the words as written, where, and why not."""

    phrase: str
    excerpt: str
    kind: str
    reason: str
    start: int


@dataclass(frozen=True)
class _Word:
    text: str
    plain: str
    start: int
    end: int

    @property
    def is_plain(self) -> bool:
        """Typed without marks, so that it may stand for several words."""
        return self.text == self.plain


@dataclass(frozen=True)
class _Phrase:
    words: tuple[_Word, ...]
    kind: str
    reason: str
    only_with_marks: bool

    def is_at(self, words: list[_Word], index: int) -> bool:
        found = words[index : index + len(self.words)]
        return len(found) == len(self.words) and all(
            self._same(wanted, word) for wanted, word in zip(self.words, found, strict=True)
        )

    def _same(self, wanted: _Word, word: _Word) -> bool:
        if wanted.text == word.text:
            return True
        return not self.only_with_marks and word.is_plain and wanted.plain == word.plain


def find_claims(text: str) -> list[Finding]:
    """Claims in `text` (plain or HTML) that may not be published, in order; the longest wins.

    Marks count where they are written: "nem chua" is food, "chữa" is a claim. Text typed
    without marks is found by phrases of two words and more ("chua benh"). The sentence that
    the law wants on health supplements is not a finding.
    """
    # Same length, so that places in the cleaned text are places in the given one.
    clean = _TAG.sub(lambda tag: " " * len(tag[0]), unicodedata.normalize("NFC", text))
    words = list(_words(clean))
    allowed = _allowed_places(words)
    findings: list[Finding] = []
    index = 0
    while index < len(words):
        phrase = None if index in allowed else _longest_at(words, index)
        if phrase is None:
            index += 1
            continue
        last = words[index + len(phrase.words) - 1]
        findings.append(_finding(clean, words[index].start, last.end, phrase))
        index += len(phrase.words)
    return findings


def _finding(text: str, start: int, end: int, phrase: _Phrase) -> Finding:
    before = text[max(0, start - EXCERPT_LETTERS) : start]
    after = text[end : end + EXCERPT_LETTERS]
    excerpt = " ".join(f"{before}{text[start:end]}{after}".split())
    return Finding(" ".join(text[start:end].split()), excerpt, phrase.kind, phrase.reason, start)


def _words(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text):
        word = _one_spelling(match[0])
        yield _Word(word, fold(word), match.start(), match.end())


def _one_spelling(word: str) -> str:
    """Lower case, with the tone mark after the letter's own: `hoá` and `hóa` become one."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = "".join(c for c in letters if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES)) + tones


_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def _longest_at(words: list[_Word], index: int) -> _Phrase | None:
    candidates = _phrases().get(words[index].plain, ())
    return next((phrase for phrase in candidates if phrase.is_at(words, index)), None)


def _allowed_places(words: list[_Word]) -> set[int]:
    places: set[int] = set()
    for sentence in _allowed_sentences():
        for index in range(len(words) - len(sentence) + 1):
            if [word.plain for word in words[index : index + len(sentence)]] == sentence:
                places.update(range(index, index + len(sentence)))
    return places


@cache
def _list() -> dict:
    return tomllib.loads(_LIST.read_text(encoding="utf-8"))


@cache
def _allowed_sentences() -> list[list[str]]:
    sentences = [*_list()["obligatory"]["sentences"], *_list()["harmless"]["phrases"]]
    return [[word.plain for word in _words(sentence)] for sentence in sentences]


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    """Phrases by their first word without marks, the longest first."""
    by_first: dict[str, list[_Phrase]] = {}
    for kind in _list()["kinds"]:
        for text in [*kind["phrases"], *kind["english"]]:
            words = tuple(_words(text))
            alone = len(words) == 1 and not words[0].is_plain
            phrase = _Phrase(words, kind["code"], kind["reason"], only_with_marks=alone)
            by_first.setdefault(words[0].plain, []).append(phrase)
    for phrases in by_first.values():
        phrases.sort(key=lambda phrase: -len(phrase.words))
    return by_first

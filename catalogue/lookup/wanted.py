"""What a visitor asked for, as terms of which every one must be found."""

from dataclasses import dataclass

from catalogue.lookup.folding import words_of

#: Words beyond this many are not looked at.
MOST_WORDS = 8


@dataclass(frozen=True)
class Form:
    """Words that stand for one term, all of them needed; the last may go on if `goes_on`."""

    words: tuple[str, ...]
    goes_on: bool = False


#: One term: any of its forms will do.
Term = tuple[Form, ...]


@dataclass(frozen=True)
class Scope:
    """What this visitor may see: entries of their language, alcohol only when grown up."""

    language: str
    shows_alcohol: bool = False


def typed_words(query: str) -> list[str]:
    return words_of(query)[:MOST_WORDS]


def terms_of(words: list[str]) -> list[Term]:
    """Each word as it stands; the last may be the beginning of one."""
    last = len(words) - 1
    return [(Form((word,), goes_on=n == last),) for n, word in enumerate(words)]

"""Which hit stands above which: title, then maker and place, then text."""

from collections.abc import Iterable
from itertools import product

from catalogue.lookup.backends.base import Row
from catalogue.lookup.folding import folded_words
from catalogue.lookup.models import Kind
from catalogue.lookup.wanted import Form, Term

#: Points of a whole word in the title, among maker and places, in the text.
IN_TITLE, IN_PLACES, IN_TEXT = 18, 8, 2
#: The words stand side by side in a name; a name begins with them; they are the whole name.
SIDE_BY_SIDE, BEGINS, IS_NAME = 9, 12, 100
#: Combinations of forms that are compared; the likeliest come first.
MOST_COMBINATIONS = 60
#: In a long text some word or other is near to anything: with more words than this, a word that
#: was corrected must stand in a title, or name a maker or a place.
MOST_MEANT_IN_TEXT = 2
_KINDS = {kind: place for place, kind in enumerate(Kind.values)}


def ranked(rows: Iterable[Row], terms: list[Term]) -> list[Row]:
    """Best first; between equals what can be bought, is bought more, has the shorter name."""
    words = [word for term in terms for word in term[0].words]
    phrase = " ".join(words)
    scored = [(_score(row, terms, phrase), row) for row in rows]
    scored.sort(key=lambda pair: (-pair[0], *_between_equals(pair[1])))
    return [row for _points, row in scored]


def _between_equals(row: Row) -> tuple[object, ...]:
    return (
        not row.is_available, _KINDS[row.kind], -row.popularity, len(row.title), row.title, row.key
    )  # fmt: skip


def _score(row: Row, terms: list[Term], phrase: str) -> int:
    title, places = row.title.split(), row.places.split()
    points = sum(_points(term[0], title, places) for term in terms)
    if phrase in row.title:
        points += SIDE_BY_SIDE * len(terms)
        names = row.title.split("\n")
        if phrase in names:
            points += IS_NAME
        elif any(name.startswith(phrase) for name in names):
            points += BEGINS
    return points


def _points(form: Form, title: list[str], places: list[str]) -> int:
    """The least of the form's words; what is in neither list was found in the text."""
    last = len(form.words) - 1
    least = IN_TITLE
    for number, word in enumerate(form.words):
        goes_on = form.goes_on and number == last
        least = min(least, max(
            _in(word, title, goes_on, IN_TITLE), _in(word, places, goes_on, IN_PLACES), IN_TEXT
        ))  # fmt: skip
    return least


def _in(word: str, words: list[str], goes_on: bool, points: int) -> int:
    if word in words:
        return points
    if goes_on and any(each.startswith(word) for each in words):
        return points // 2
    return 0


def likeliest(rows: Iterable[Row], terms: list[Term]) -> tuple[list[Form], Row] | None:
    """The forms that one row holds all of, chosen by how well the best row answers them.

    `rows` need their text. None when no row holds a form of every term.
    """
    best: tuple[list[Form], Row] | None = None
    best_rank: tuple[int, ...] = ()
    for row in rows:
        title, places = row.title.split(), row.places.split()
        everything = {*title, *places, *row.text.split()}
        choices = [[form for form in term if _holds(everything, form)] for term in terms]
        if not all(choices):
            continue
        for count, forms in enumerate(product(*choices)):
            if count == MOST_COMBINATIONS:
                break
            kept = sum(form == term[0] for form, term in zip(forms, terms, strict=True))
            if len(terms) > MOST_MEANT_IN_TEXT and kept < len(terms):
                other = [f for f, term in zip(forms, terms, strict=True) if f != term[0]]
                if not any(_points(form, title, places) > IN_TEXT for form in other):
                    continue
            phrase = folded_words(" ".join(word for form in forms for word in form.words))
            points = _score(row, [(form,) for form in forms], phrase)
            order = sum(term.index(form) for form, term in zip(forms, terms, strict=True))
            rank = (kept, points, -order, row.is_available, row.popularity, -len(row.title))
            if rank > best_rank:
                best, best_rank = (list(forms), row), rank
    return best


def _holds(words: set[str], form: Form) -> bool:
    *whole, last = form.words
    if not all(word in words for word in whole):
        return False
    return last in words or (form.goes_on and any(word.startswith(last) for word in words))

"""Finding: as typed, else by beginnings of words, else with a slip of the finger forgiven."""

import logging
from collections import Counter
from dataclasses import dataclass, field, replace

from catalogue.lookup.backends import backend, database_backend
from catalogue.lookup.backends.base import BackendDown, Matches, Row
from catalogue.lookup.highlighting import written_in
from catalogue.lookup.ranking import likeliest, ranked
from catalogue.lookup.vocabulary import LEAST_CORRECTED, Vocabulary, vocabulary
from catalogue.lookup.wanted import Form, Scope, Term, terms_of, typed_words

#: Rows looked at, with their text, to tell what was meant.
MOST_MEANT = 120

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """Hits, best first, and how many there are of each kind.

    `corrected` is what was looked for instead, as it is written, when what was typed found
    nothing; `words` are the folded words that were found; `known` those typed words that some
    entry holds, when nothing was found.
    """

    hits: list[Row] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    corrected: str = ""
    words: tuple[str, ...] = ()
    known: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return self.counts.total()


def search(query: str, scope: Scope, kind: str = "") -> Found:
    """What `query` means to this visitor, of one kind or of all."""
    words = typed_words(query)
    if not words:
        return Found()
    found = _find(terms_of(words), scope, kind)
    if found.total:
        return found
    return _forgiving(words, scope, kind)


def _find(terms: list[Term], scope: Scope, kind: str) -> Found:
    matches = _ask(terms, scope, kind)
    words = tuple(word for term in terms for word in term[0].words)
    return Found(ranked(matches.rows, terms), matches.counts, words=words)


def _ask(terms: list[Term], scope: Scope, kind: str) -> Matches:
    """What the chosen backend finds; the database answers for one that is down."""
    try:
        return backend().find(terms, scope, kind=kind)
    except BackendDown:
        logger.warning("the search backend is down; the database answers", exc_info=True)
        return database_backend().find(terms, scope, kind=kind)


def rows_meant(terms: list[Term], scope: Scope, most: int) -> list[Row]:
    """Rows, with their text, that hold some form of every term; from the database as above."""
    try:
        return backend().meant(terms, scope, most)
    except BackendDown:
        return database_backend().meant(terms, scope, most)


def _forgiving(words: list[str], scope: Scope, kind: str) -> Found:
    known = vocabulary()
    terms = forgiving_terms(words, known)
    meant = likeliest(rows_meant(terms, scope, MOST_MEANT), terms)
    if meant is None:
        return Found(known=tuple(word for word in words if word in known))
    forms, row = meant
    found = _find([(form,) for form in forms], scope, kind)
    if [form.words for form in forms] == [(word,) for word in words]:
        return found
    folded = [word for form in forms for word in form.words]
    return replace(found, corrected=written_in(folded, row))


def forgiving_terms(words: list[str], known: Vocabulary) -> list[Term]:
    """Each word as a beginning, then as the words it may have been meant to be."""
    terms = []
    for number, word in enumerate(words, 1):
        forms = [Form((word,), goes_on=len(word) > 1 or number == len(words))]
        if parts := known.parts(word) if len(word) >= LEAST_CORRECTED else ():
            forms.append(Form(parts))
        forms += [Form((near,)) for near in known.near(word)]
        terms.append(tuple(forms))
    return terms

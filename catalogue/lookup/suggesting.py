"""What to offer while a visitor types."""

from dataclasses import dataclass, field

from catalogue.lookup.backends import backend, database_backend
from catalogue.lookup.backends.base import BackendDown, Row
from catalogue.lookup.highlighting import written_in
from catalogue.lookup.models import Kind
from catalogue.lookup.ranking import likeliest, ranked
from catalogue.lookup.search import forgiving_terms, rows_meant
from catalogue.lookup.vocabulary import vocabulary
from catalogue.lookup.wanted import Scope, Term, terms_of, typed_words

#: Letters typed before anything is suggested.
LEAST_TYPED = 2
MOST_SUGGESTED = 8
#: Entries looked at for them, and to tell what was meant by a slip.
MOST_LOOKED_AT, MOST_MEANT = 60, 40


@dataclass(frozen=True)
class Suggested:
    """Entries to go to, best first; `corrected` when what was typed finds nothing."""

    rows: list[Row] = field(default_factory=list)
    words: tuple[str, ...] = ()
    corrected: str = ""


def suggest(query: str, scope: Scope) -> Suggested:
    """Entries that `query`, not yet typed to the end, may mean; no two of the same name."""
    words = typed_words(query)
    if len("".join(words)) < LEAST_TYPED:
        return Suggested()
    terms = terms_of(words)
    if rows := _ask(terms, scope, MOST_LOOKED_AT):
        return Suggested(_few(ranked(rows, terms)), tuple(words))
    terms = forgiving_terms(words, vocabulary())
    meant = likeliest(rows_meant(terms, scope, MOST_MEANT), terms)
    if meant is None:
        return Suggested()
    forms, row = meant
    terms = [(form,) for form in forms]
    folded = [word for form in forms for word in form.words]
    corrected = written_in(folded, row) if folded != words else ""
    rows = ranked(_ask(terms, scope, MOST_LOOKED_AT), terms)
    return Suggested(_few(rows), tuple(folded), corrected)


def _ask(terms: list[Term], scope: Scope, most: int) -> list[Row]:
    try:
        return backend().suggest(terms, scope, most)
    except BackendDown:
        return database_backend().suggest(terms, scope, most)


def _few(rows: list[Row]) -> list[Row]:
    by_name: dict[tuple[str, str], Row] = {}
    for row in rows:
        # What is told of a box under the box's own name leads to the same thing.
        kind = Kind.BOX if row.kind == Kind.STORY else row.kind
        by_name.setdefault((kind, row.name), row)
        if len(by_name) == MOST_SUGGESTED:
            break
    return list(by_name.values())

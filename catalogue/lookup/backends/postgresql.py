"""PostgreSQL: a weighted `tsvector` with a GIN index."""

from catalogue.lookup.backends.database import DatabaseBackend, Fragment
from catalogue.lookup.wanted import Form, Term


class PostgresqlBackend(DatabaseBackend):
    def matching(self, terms: list[Term], *, in_title: bool) -> Fragment:
        weight = "A" if in_title else ""
        wanted = " & ".join(f"({_either(term, weight)})" for term in terms)
        return "FROM lookup_entry e WHERE e.vector @@ %s::tsquery", [wanted]

    def beginning(self, text: str) -> Fragment:
        # Letters, digits and spaces only: nothing in it means anything to LIKE.
        return "e.title LIKE %s", [f"{text}%"]


def _either(term: Term, weight: str) -> str:
    return " | ".join(f"({_all(form, weight)})" for form in term)


def _all(form: Form, weight: str) -> str:
    last = len(form.words) - 1
    lexemes = []
    for number, word in enumerate(form.words):
        label = ("*" if form.goes_on and number == last else "") + weight
        lexemes.append(f"'{word}'" + (f":{label}" if label else ""))
    return " & ".join(lexemes)

"""SQLite: an FTS5 table beside the entries."""

from catalogue.lookup.backends.database import DatabaseBackend, Fragment
from catalogue.lookup.wanted import Form, Term


class SqliteBackend(DatabaseBackend):
    def matching(self, terms: list[Term], *, in_title: bool) -> Fragment:
        wanted = " AND ".join(f"({_either(term)})" for term in terms)
        if in_title:
            wanted = f"title : ({wanted})"
        return (
            "FROM lookup_fts f CROSS JOIN lookup_entry e ON e.id = f.rowid"
            " WHERE lookup_fts MATCH %s",
            [wanted],
        )

    def beginning(self, text: str) -> Fragment:
        # LIKE would not use the index, since it ignores case.
        return "e.title >= %s AND e.title < %s", [text, text + "\U0010ffff"]


def _either(term: Term) -> str:
    return " OR ".join(f"({_all(form)})" for form in term)


def _all(form: Form) -> str:
    """Words are letters and digits only (`words_of`), so quotes hold them."""
    quoted = [f'"{word}"' for word in form.words]
    return " AND ".join(quoted) + (" *" if form.goes_on else "")

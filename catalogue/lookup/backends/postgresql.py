"""PostgreSQL: a weighted `tsvector` with a GIN index."""

import json
from collections import Counter

from django.db import connection

from catalogue.lookup.backends.base import COLUMNS, MOST_RANKED, Matches, Row
from catalogue.lookup.backends.database import GOODS, MOST_RARE, DatabaseBackend, Fragment
from catalogue.lookup.wanted import Form, Scope, Term


class PostgresqlBackend(DatabaseBackend):
    def find(
        self,
        terms: list[Term],
        scope: Scope,
        *,
        kind: str = "",
        most: int = MOST_RANKED,
    ) -> Matches:
        """One statement that looks at each match once, to count it and to tell whether it is
        among those to rank: the index finds quickly, the rows of the matches are what costs."""
        matching, values = self._seen(self.matching(terms, in_title=False), scope)
        named, beginning = _tsquery(terms, "A"), f"{_phrase(terms)}%"
        sql = f"""
            WITH found AS MATERIALIZED (
                SELECT e.id, e.kind, e.is_available, e.popularity,
                    e.title LIKE %s AS begins, e.vector @@ %s::tsquery AS named {matching}
            ), best AS (
                (SELECT id FROM found WHERE %s IN ('', kind)
                 ORDER BY begins DESC, named DESC, is_available DESC, popularity DESC, id
                 LIMIT {most:d})
                UNION ALL
                (SELECT id FROM found WHERE %s IN ('', kind) AND kind <> ALL(%s)
                 ORDER BY named DESC, id LIMIT {MOST_RARE:d})
            )
            SELECT (
                SELECT json_object_agg(kind, n)::text
                FROM (SELECT kind, count(*) AS n FROM found GROUP BY kind) kinds
            ), {", ".join(f"e.{name}" for name in COLUMNS)}
            FROM lookup_entry e WHERE e.id IN (SELECT id FROM best)
        """
        with connection.cursor() as cursor:
            cursor.execute(sql, [beginning, named, *values, kind, kind, [*GOODS]])
            rows = cursor.fetchall()
        if not rows:
            return Matches([], self._counts(terms, scope) if kind else Counter())
        found = [Row(*row[1:]) for row in rows]
        return Matches(found, Counter(json.loads(rows[0][0])))

    def matching(self, terms: list[Term], *, in_title: bool) -> Fragment:
        wanted = _tsquery(terms, "A" if in_title else "")
        return "FROM lookup_entry e WHERE e.vector @@ %s::tsquery", [wanted]

    def beginning(self, text: str) -> Fragment:
        # Letters, digits and spaces only: nothing in it means anything to LIKE.
        return "e.title LIKE %s", [f"{text}%"]


def _phrase(terms: list[Term]) -> str:
    return " ".join(word for term in terms for word in term[0].words)


def _tsquery(terms: list[Term], weight: str) -> str:
    return " & ".join(f"({_either(term, weight)})" for term in terms)


def _either(term: Term, weight: str) -> str:
    return " | ".join(f"({_all(form, weight)})" for form in term)


def _all(form: Form, weight: str) -> str:
    last = len(form.words) - 1
    lexemes = []
    for number, word in enumerate(form.words):
        label = ("*" if form.goes_on and number == last else "") + weight
        lexemes.append(f"'{word}'" + (f":{label}" if label else ""))
    return " & ".join(lexemes)

"""PostgreSQL: a weighted `tsvector` with a GIN index."""

import json
from collections import Counter
from typing import Any

from django.db import connection

from catalogue.lookup.backends.base import COLUMNS, MOST_COUNTED, MOST_RANKED, Matches, Row
from catalogue.lookup.backends.database import MOST_RARE, RARE, DatabaseBackend, Fragment
from catalogue.lookup.models import Kind
from catalogue.lookup.wanted import Form, Scope, Term

#: Matches that are all looked at to tell which are the best. Of more of them, the planner walks
#: along an index until there are enough.
MOST_LOOKED_AT = 5000


class PostgresqlBackend(DatabaseBackend):
    # As the index `lookup_entry_best` has them.
    best_first = "ORDER BY e.is_available DESC, e.popularity DESC, e.id"

    def find(
        self,
        terms: list[Term],
        scope: Scope,
        *,
        kind: str = "",
        most: int = MOST_RANKED,
    ) -> Matches:
        """One statement that looks at each match once, to count it and to tell whether it is
        among those to rank: the index finds quickly, the rows of the matches are what costs.
        Two more for words that are so common that looking at all would take long."""
        anywhere = self.matching(terms, in_title=False)
        matching, values = self._seen(anywhere, scope)
        named, beginning = _tsquery(terms, "A"), f"{_phrase(terms)}%"
        sql = f"""
            WITH found AS MATERIALIZED (
                SELECT e.id, e.kind, e.is_available, e.popularity,
                    e.title LIKE %s AS begins, e.vector @@ %s::tsquery AS named {matching}
                LIMIT {MOST_LOOKED_AT + 1:d}
            ), kinds AS (SELECT kind, count(*) AS n FROM found GROUP BY kind
            ), few AS (SELECT * FROM found WHERE %s IN ('', kind)
                AND (SELECT sum(n) FROM kinds) <= {MOST_LOOKED_AT:d}
            ), best AS (
                (SELECT id FROM few
                 ORDER BY begins DESC, named DESC, is_available DESC, popularity DESC, id
                 LIMIT {most:d})
                UNION
                (SELECT id FROM few WHERE kind = ANY(%s) ORDER BY named DESC, id
                 LIMIT {MOST_RARE:d})
            )
            SELECT told.counts, {", ".join(f"e.{name}" for name in COLUMNS)}
            FROM (SELECT json_object_agg(kind, n)::text AS counts FROM kinds) told
            LEFT JOIN best ON true LEFT JOIN lookup_entry e ON e.id = best.id
        """
        rows = self._answer(sql, [beginning, named, *values, kind, [*RARE]])
        counts = Counter(json.loads(rows[0][0] or "{}"))
        if counts.total() > MOST_LOOKED_AT:
            return Matches(self._best(terms, scope, kind, most), self._counts(anywhere, scope))
        # Without any there is one row, that of the counts.
        return Matches([Row(*row[1:]) for row in rows if row[1]], counts)

    def matching(self, terms: list[Term], *, in_title: bool) -> Fragment:
        wanted = _tsquery(terms, "A" if in_title else "")
        return "FROM lookup_entry e WHERE e.vector @@ %s::tsquery", [wanted]

    def beginning(self, text: str) -> Fragment:
        # Letters, digits and spaces only: nothing in it means anything to LIKE.
        return "e.title LIKE %s", [f"{text}%"]

    def _counts(self, matching: Fragment, scope: Scope) -> Counter[str]:
        """Up to one more than MOST_COUNTED of each kind."""
        parts, values = [], []
        for kind in Kind.values:
            sql, more = self._seen(matching, scope, (kind,))
            some = f"SELECT e.kind {sql} LIMIT {MOST_COUNTED + 1:d}"
            parts.append(f"(SELECT kind, count(*) FROM ({some}) {kind} GROUP BY kind)")
            values += more
        return Counter(dict(self._answer(" UNION ALL ".join(parts), values)))

    def _answer(self, sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            # With the words in it: planned once for all words, it would look at all matches of `t`.
            cursor.execute(connection.ops.compose_sql(sql, values))  # type: ignore[attr-defined]
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


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

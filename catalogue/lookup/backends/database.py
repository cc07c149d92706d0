"""Finding in the database; what differs between vendors is how a match is written."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import connection

from catalogue.lookup.backends.base import COLUMNS, MOST_RANKED, Matches, Row
from catalogue.lookup.models import Entry, Kind
from catalogue.lookup.wanted import Scope, Term

#: Rows whose title begins with what was typed, and rows of the rarer kinds, when there are
#: more matches than are ranked.
MOST_BEGINNING, MOST_RARE = 100, 120
RARE = tuple(kind.value for kind in Kind if kind not in (Kind.PRODUCT, Kind.BOX))

#: SQL and its values.
Fragment = tuple[str, list[Any]]


class DatabaseBackend:
    """The rows are the index: nothing to write beside them."""

    #: An `ORDER BY` of the entries `e` for when not all can be ranked, if that costs little.
    best_first = ""

    def matching(self, terms: list[Term], *, in_title: bool) -> Fragment:
        """A `FROM … WHERE …` of the entries `e` that hold the terms."""
        raise NotImplementedError

    def beginning(self, text: str) -> Fragment:
        """A condition on `e.title`, quick by its index: it begins with `text`."""
        raise NotImplementedError

    def find(
        self,
        terms: list[Term],
        scope: Scope,
        *,
        kind: str = "",
        most: int = MOST_RANKED,
    ) -> Matches:
        anywhere = self.matching(terms, in_title=False)
        counts = self._counts(anywhere, scope)
        if counts.total() > most:
            return Matches(self._best(terms, scope, kind, most), counts)
        kinds = (kind,) if kind else ()
        keys = self._keys(anywhere, scope, most, kinds)
        return Matches(self._rows([keys]) if counts else [], counts)

    def suggest(self, terms: list[Term], scope: Scope, most: int) -> list[Row]:
        parts = [
            self._keys(self._beginning(terms), scope, most),
            self._keys(self.matching(terms, in_title=True), scope, most),
        ]
        rows = self._rows(parts)
        return rows or self._rows([self._keys(self.matching(terms, in_title=False), scope, most)])

    def meant(self, terms: list[Term], scope: Scope, most: int) -> list[Row]:
        parts = [
            self._keys(self.matching(terms, in_title=True), scope, most),
            self._keys(self.matching(terms, in_title=False), scope, most),
        ]
        return self._rows(parts, with_text=True)

    def write(self, entries: Iterable[Entry]) -> None:
        """The database keeps its index itself (`catalogue.lookup.schema`)."""

    def forget(self, entries: Iterable[Entry]) -> None:
        """The same."""

    def clear(self) -> None:
        """The same."""

    def _best(self, terms: list[Term], scope: Scope, kind: str, most: int) -> list[Row]:
        """Where there are too many to rank, those that have most to say for themselves."""
        kinds = (kind,) if kind else ()
        in_title = self.matching(terms, in_title=True)
        anywhere = self.matching(terms, in_title=False)
        parts = [] if kind else [
            self._keys(in_title, scope, MOST_RARE, RARE),
            self._keys(anywhere, scope, MOST_RARE, RARE),
        ]  # fmt: skip
        parts += [
            self._keys(self._beginning(terms), scope, MOST_BEGINNING, kinds, self.best_first),
            self._keys(in_title, scope, most, kinds, self.best_first),
            # Last: with enough titles the rest is not looked for.
            self._keys(anywhere, scope, most, kinds, self.best_first),
        ]
        return self._rows(parts, most + MOST_BEGINNING)

    def _beginning(self, terms: list[Term]) -> Fragment:
        condition, values = self.beginning(" ".join(w for term in terms for w in term[0].words))
        return f"FROM lookup_entry e WHERE {condition}", values

    def _keys(
        self,
        matching: Fragment,
        scope: Scope,
        most: int,
        kinds: tuple[str, ...] = (),
        order: str = "",
    ) -> Fragment:
        sql, values = self._seen(matching, scope, kinds)
        return f"SELECT e.id {sql} {order} LIMIT {most:d}", values

    def _seen(self, matching: Fragment, scope: Scope, kinds: tuple[str, ...] = ()) -> Fragment:
        """`matching`, and only what this visitor may see."""
        sql, values = matching
        sql += " AND e.language IN ('', %s)"
        values = [*values, scope.language]
        if not scope.shows_alcohol:
            sql += " AND NOT e.is_alcohol"
        if kinds:
            sql += f" AND e.kind IN ({', '.join(['%s'] * len(kinds))})"
            values += kinds
        return sql, values

    def _rows(
        self, parts: list[Fragment], most: int | None = None, *, with_text: bool = False
    ) -> list[Row]:
        """The entries of these parts, at most `most` of them, those of the first parts first."""
        columns = ", ".join(f"e.{name}" for name in (*COLUMNS, *(["text"] if with_text else [])))
        union = " UNION ALL ".join(
            f"SELECT id FROM ({sql}) part{n}" for n, (sql, _) in enumerate(parts)
        )
        if most is not None:
            union += f" LIMIT {most:d}"
        values = [value for _, each in parts for value in each]
        sql = f"SELECT {columns} FROM lookup_entry e WHERE e.id IN ({union})"
        return [Row(*row) for row in self._answer(sql, values)]

    def _counts(self, matching: Fragment, scope: Scope) -> Counter[str]:
        sql, values = self._seen(matching, scope)
        return Counter(dict(self._answer(f"SELECT e.kind, count(*) {sql} GROUP BY e.kind", values)))

    def _answer(self, sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

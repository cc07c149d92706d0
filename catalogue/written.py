"""Queries whose SQL is written once, and asked with other values from then on.

Django takes longer to write a wide statement than the database needs to answer it: a third of a
purchase was that. A query that every request asks is made here once, with `Asked` where its values
go; its rows come out as those of any other query.
"""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.db import connections
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler


class Asked(Expression):
    """Stands in a query for the value of that name.

    With a field the value is made ready for the database as one of such a column; without, it is
    sent as it is.
    """

    def __init__(self, name: str, field: Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=field)
        self.name = name
        self.column = field

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def ready(self, value: Any, connection: Any) -> Any:
        if self.column is None:
            return value
        return self.column.get_db_prep_value(value, connection)


class Written:
    """The query that `make` builds, with `Asked` in it for what differs.

    `make` is called once a process: it may depend neither on the moment nor on who asks.
    """

    def __init__(self, make: Callable[[], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._made: dict[str, QuerySet[Any, Any]] = {}

    def rows(self, **values: Any) -> list[Any]:
        """What the query finds with these values, read now. Raises KeyError for one not told."""
        rows = self._rows().all()
        rows.query.ask(connections[rows.db], values)  # type: ignore[attr-defined]
        return list(rows)

    def first(self, **values: Any) -> Any | None:
        """The first of the rows, all of which are read: for queries that find one at most."""
        return next(iter(self.rows(**values)), None)

    def _rows(self) -> QuerySet[Any, Any]:
        vendor = connections["default"].vendor
        if vendor not in self._made:
            rows = self._make()
            # In its place: a query that is given to a queryset makes its rows dictionaries.
            rows.query.__class__ = _WrittenQuery
            rows.query.write(rows.db)  # type: ignore[attr-defined]
            self._made[vendor] = rows
        return self._made[vendor]


class _WrittenQuery(Query):
    """Answers with the compiler that wrote its SQL. Nothing more can be added to it."""

    written: "_WrittenCompiler"

    def write(self, using: str) -> None:
        self.written = _WrittenCompiler(self, connections[using], using)
        self.written.statement = self.written.as_sql()

    def ask(self, connection: Any, values: dict[str, Any]) -> None:
        self.written = self.written.asking(connection, values)

    def chain(self, klass: Any = None) -> "_WrittenQuery":
        return copy(self)

    def get_compiler(self, *_arguments: Any, **_named: Any) -> Any:
        return self.written


class _WrittenCompiler(SQLCompiler):
    """Knows its SQL, and what each column of the answer is."""

    statement: Any = None

    def as_sql(self, *arguments: Any, **named: Any) -> Any:
        if self.statement is None:
            return super().as_sql(*arguments, **named)
        return self.statement

    def asking(self, connection: Any, values: dict[str, Any]) -> "_WrittenCompiler":
        """The same with values in their places, for this thread's connection."""
        sql, places = self.statement
        asking = copy(self)
        asking.connection = connection
        asking.statement = (
            sql,
            tuple(
                each.ready(values[each.name], connection) if isinstance(each, Asked) else each
                for each in places
            ),
        )
        return asking

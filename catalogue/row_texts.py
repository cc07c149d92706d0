"""Rows as one text each, JSON that the database writes: what wide statements ask for."""

from typing import Any

from django.db.models import TextField, Value
from django.db.models.functions import Cast, JSONArray


class Values(JSONArray):
    """An array of columns and arrays.

    Django asks PostgreSQL for jsonb of values that are all cast first, which is taken apart and
    ordered before it becomes text: half of what such a statement cost. Plain JSON is written as it
    comes. What is no column or array needs a type of its own.
    """

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_BUILD_ARRAY", **context)


def text_of(letter: str, *values: Any) -> Cast:
    """`[letter, …]` as text."""
    return Cast(Values(Cast(Value(letter), TextField()), *values), TextField())

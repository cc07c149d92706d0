"""Rows whose key is among some: `filter(product__among=KEYS)`, in SQL that is always the same.

However many keys are asked for, they are one value of the statement, which Django writes and
PostgreSQL plans once.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Field, ForeignKey, Lookup

#: Values that PostgreSQL reckons with in a list that it has not seen.
PLANNED_FOR = 10


@Field.register_lookup
@ForeignKey.register_lookup  # which does not ask its parent
class Among(Lookup[Any]):
    """The right side is what `keys_value` makes, or stands for it until the statement is run."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} IN (SELECT value FROM json_each(%s))", (*values, self.rhs)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", (*values, self.rhs)


def keys_value(keys: Iterable[int], vendor: str) -> str:
    """Keys as the database of this vendor reads them from one value."""
    listed = [*keys]
    if vendor != "postgresql":
        return f"[{','.join(map(str, listed))}]"
    # The first again and again: of fewer keys than its one plan is made for it would make a plan
    # each time, and planning a wide statement takes longer than running it.
    listed += listed[:1] * (PLANNED_FOR - len(listed))
    return f"{{{','.join(map(str, listed))}}}"

"""Values that one statement names twice are written into its text (PostgreSQL).

Values otherwise travel beside the text, so that a plan is kept for the next that asks
(`server_side_binding`). But each place of a value is then a parameter of its own, and PostgreSQL
does not know two of them to be the same: it refuses a `SELECT DISTINCT` ordered by an expression
with a value, and a `GROUP BY` of one that is selected too. Libraries write such statements
(Wagtail's search for the first site that an editor may change); ours need not mind either.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

_ORDERED = re.compile(r"\bSELECT DISTINCT\b.*\bORDER BY\b.*%s", re.DOTALL)
#: A value among what is grouped by, which ends at the next clause.
_GROUPED = re.compile(
    r"\bGROUP BY\b(?:(?!\b(?:WHERE|HAVING|ORDER BY|LIMIT|FROM|UNION)\b).)*%s", re.DOTALL
)


def connect() -> None:
    connection_created.connect(_watch, dispatch_uid="binding.watch")


def _watch(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    sent_beside = connection.settings_dict["OPTIONS"].get("server_side_binding")
    if sent_beside and bind_here not in connection.execute_wrappers:
        # First: `execute_wrapper` takes off the last one when it ends, whoever came in between.
        connection.execute_wrappers.insert(0, bind_here)


def bind_here(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """An `execute_wrapper` of Django's."""
    if params and not many and names_values_twice(sql):
        sql, params = context["connection"].ops.compose_sql(sql, params), None
    return execute(sql, params, many, context)


def names_values_twice(sql: Any) -> bool:
    if not isinstance(sql, str):
        return False
    return bool(
        ("SELECT DISTINCT" in sql and _ORDERED.search(sql))
        or ("GROUP BY" in sql and _GROUPED.search(sql))
    )

"""Every statement that writes to what visitors see changes the edition, once it is committed.

Statements, and not signals of models: conditional updates, bulk writes, many-to-many rows, deletes
by the database's own cascade and moves in trees send none.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from shop.pagecache.edition import next_edition
from shop.pagecache.shown import is_shown

_WRITES = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+[\"`]?(\w+)[\"`]?\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_FIRST_LETTERS = frozenset("iIuUdD")
_SET = re.compile(r"SET\s+(.*?)(?:\sWHERE\s|\Z)", re.IGNORECASE | re.DOTALL)
_unwatched: ContextVar[bool] = ContextVar("unwatched", default=False)
_COLUMN = re.compile(r"[\"`](\w+)[\"`]\s*=")


def connect() -> None:
    connection_created.connect(_watch, dispatch_uid="pagecache.watch")


def _watch(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if watch not in (getattr(each, "func", each) for each in connection.execute_wrappers):
        # First: `execute_wrapper` takes off the last one when it ends, whoever came in between.
        connection.execute_wrappers.insert(0, watch)


def watch(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """An `execute_wrapper` of Django's."""
    result = execute(sql, params, many, context)
    if not _unwatched.get() and changes_what_is_shown(sql):
        tell(context["connection"])
    return result


@contextmanager
def telling_by_itself() -> Iterator[None]:
    """Statements within drop nothing: whoever writes them calls `tell` when a page changes."""
    token = _unwatched.set(True)
    try:
        yield
    finally:
        _unwatched.reset(token)


def changes_what_is_shown(sql: str) -> bool:
    if not isinstance(sql, str) or sql.lstrip()[:1] not in _FIRST_LETTERS:
        return False
    written = _WRITES.match(sql)
    if written is None:
        return False
    table, rest = written.groups()
    return is_shown(table, _columns_set(rest) if sql.lstrip()[:1] in "uU" else frozenset())


def _columns_set(rest: str) -> frozenset[str]:
    """The columns that an UPDATE writes; none where they are not to be told.

    What stands right of each `=` is a column only in `F()`s, which read as `"table"."column"` and
    are followed by no `=`. A value that is a query has a WHERE of its own, which hides the rest.
    """
    found = _SET.match(rest)
    if found is None or "SELECT" in found.group(1).upper():
        return frozenset()
    return frozenset(_COLUMN.findall(found.group(1)))


def tell(connection: BaseDatabaseWrapper | None = None) -> None:
    """What visitors see changes with this transaction."""
    if connection is not None and not connection.in_atomic_block and not connection.autocommit:
        next_edition()
        return
    transaction.on_commit(next_edition, using=connection.alias if connection else None, robust=True)

"""Migrations run while the shop serves: none may wait for a lock until everybody waits for it.

`ALTER TABLE` that waits for a long query stops every later query of that table. On PostgreSQL it
gives up after `MIGRATE_LOCK_SECONDS`; what was done of it is rolled back, and `migrate` goes on
from there when it is run again.
"""

from typing import Any

from django.conf import settings
from django.db import connections


def limit_waiting(using: str, **_kwargs: Any) -> None:
    """Before migrations: waits for locks are short in this connection."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('lock_timeout', %s, false)",
                [f"{settings.MIGRATE_LOCK_SECONDS}s"],
            )


def wait_as_usual(using: str, **_kwargs: Any) -> None:
    """After migrations."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")

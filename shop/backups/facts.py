"""What a database holds, in figures that must be the same after a restore."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from shop.order.models import Order
from shop.payment.models import MoneyReceived, Refund
from shop.settlements.models import Payout

#: Name → (model, column, condition): sums in đồng.
SUMS: dict[str, tuple[Any, str, str]] = {
    "orders": (Order, "total_incl_tax", ""),
    "money received": (MoneyReceived, "amount", ""),
    "refunds done": (Refund, "amount", f"state = '{Refund.State.DONE.value}'"),
    "payouts made": (Payout, "amount", f"state = '{Payout.State.PAID.value}'"),
}


@dataclass
class Facts:
    """Rows by table, sums of money in đồng, migrations that were applied (`app.name`)."""

    rows: dict[str, int] = field(default_factory=dict)
    money: dict[str, str] = field(default_factory=dict)
    migrations: list[str] = field(default_factory=list)

    def differences(self, other: "Facts") -> list[str]:
        """One sentence for each figure that is not the same in `other`."""
        found = []
        for what, mine, theirs in (
            ("rows of", self.rows, other.rows),
            ("sum of", self.money, other.money),
        ):
            found += [
                f"{what} {name}: {mine.get(name)} in the backup, {theirs.get(name)} restored"
                for name in sorted({*mine, *theirs})
                if mine.get(name) != theirs.get(name)
            ]
        if self.migrations != other.migrations:
            found.append("other migrations are applied")
        return found


def facts_of(connection: BaseDatabaseWrapper) -> Facts:
    """Read in the transaction open on `connection`, by plain SQL: it may be of an older shop."""
    tables = tables_in(connection)
    quote = connection.ops.quote_name
    facts = Facts()
    with connection.cursor() as cursor:

        def value(statement: str) -> Any:
            cursor.execute(statement)
            return cursor.fetchone()[0]

        for table in tables:
            facts.rows[table] = value(f"SELECT COUNT(*) FROM {quote(table)}")
        for name, (model, column, condition) in SUMS.items():
            table = model._meta.db_table
            if table in tables:
                where = f" WHERE {condition}" if condition else ""
                total = value(f"SELECT SUM({quote(column)}) FROM {quote(table)}{where}")
                facts.money[name] = str(Decimal(str(total or 0)).quantize(Decimal(1)))
        if "django_migrations" in tables:
            cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
            facts.migrations = [f"{app}.{name}" for app, name in cursor.fetchall()]
    return facts


def tables_in(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables with rows of their own; not those that SQLite's full-text search keeps for itself."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM pragma_table_list"
                " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
            )
            return sorted(name for (name,) in cursor.fetchall())
        return sorted(connection.introspection.table_names(cursor))

"""Rows of the database as plain data for their owner."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Field, QuerySet
from django.utils import timezone

#: Never told, whoever asks: they open something.
SECRETS = ("password", "session_key", "mark", "token", "key", "share_key", "placement_key")


def dump(
    rows: QuerySet[Any], *, leave_out: Iterable[str] = (), also: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """One dict a row, with the names of the columns; a reference is the other row's key.

    `also` are further columns by Django's names (`product__title`). Secrets are left out; what else
    is left out has to be somebody else's. One query.
    """
    hidden = {*SECRETS, *leave_out}
    fields: list[Field] = list(rows.model._meta.concrete_fields)
    names = [each.attname for each in fields if each.name not in hidden]
    return [
        {name: plain(value) for name, value in row.items()}
        for row in rows.order_by("pk").values(*names, *also)
    ]


def plain(value: Any) -> Any:
    """As JSON holds it: moments ISO 8601 with the zone of the shop, sums as whole numbers."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return str(value)

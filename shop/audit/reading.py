"""Entries of the audit log in words that staff understand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.money import format_dong
from shop.payment.registry import method_label
from shop.templatetags.shop_tags import order_status

VERBS = {
    LogEntry.Action.CREATE: gettext_lazy("Tạo"),
    LogEntry.Action.UPDATE: gettext_lazy("Sửa"),
    LogEntry.Action.DELETE: gettext_lazy("Xóa"),
    LogEntry.Action.ACCESS: gettext_lazy("Tải về"),
}
#: Columns of codes that have no choices, and who says them in words.
_SAID = {
    "order.Order.status": order_status,
    "order.Order.payment_method": method_label,
    "payment.Payment.method": method_label,
}
_NOTHING = ("None", "", None)


@dataclass(frozen=True)
class Change:
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    at: datetime
    who: str
    address: str
    verb: str
    kind: str
    thing: str
    kind_id: int
    thing_id: str
    changes: list[Change]
    words: str


def readable(entries: Iterable[LogEntry]) -> list[Entry]:
    """Entries with their actors and kinds loaded beforehand, for a page."""
    return [_read(entry) for entry in entries]


def _read(entry: LogEntry) -> Entry:
    model = entry.content_type.model_class()
    return Entry(
        at=entry.timestamp,
        who=_who(entry),
        address=entry.remote_addr or "",
        verb=str(VERBS.get(entry.action, "")),
        kind=str(model._meta.verbose_name) if model else entry.content_type.model,
        thing=entry.object_repr,
        kind_id=entry.content_type_id,
        thing_id=entry.object_pk,
        changes=_changes(model, entry.changes or {}),
        words=(entry.additional_data or {}).get("words", ""),
    )


def _who(entry: LogEntry) -> str:
    if entry.actor is not None:
        return str(entry.actor.get_full_name())
    return entry.actor_email or _("Cửa hàng tự làm")


def _changes(model: Any, changes: dict[str, Any]) -> list[Change]:
    found = []
    for name, change in sorted(changes.items()):
        field = _field(model, name)
        label = str(getattr(field, "verbose_name", name))
        if isinstance(change, dict):
            objects = ", ".join(change.get("objects", []))
            is_added = change.get("operation") == "add"
            found.append(Change(label, "" if is_added else objects, objects if is_added else ""))
        else:
            before, after = change
            found.append(Change(label, _value(field, before), _value(field, after)))
    return found


def _field(model: Any, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _value(field: Any, value: Any) -> str:
    """A column's text as the page says it: choices by their names, money as money."""
    if value in _NOTHING:
        return "—"
    text = str(value)
    if field is not None and (say := _SAID.get(f"{field.model._meta.label}.{field.name}")):
        return say(text)
    if choices := dict(getattr(field, "flatchoices", None) or ()):
        return str(choices.get(text, choices.get(_number(text), text)))
    if isinstance(field, models.BooleanField):
        return _("có") if text == "True" else _("không")
    if isinstance(field, models.DateTimeField):
        return _moment(text)
    if isinstance(field, models.DecimalField) and field.decimal_places == 0:
        return format_dong(int(number)) if (number := _number(text)) is not None else text
    return text


def _number(text: str) -> int | None:
    try:
        return int(float(text))
    except ValueError:
        return None


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return text
    return date_format(timezone.localtime(moment), "H:i d/m/Y")


def watched_kinds() -> list[tuple[int, str]]:
    """Kinds of things that the log knows, by name, for a filter."""
    kinds = ContentType.objects.get_for_models(*auditlog.get_models()).items()
    named = [(kind.pk, str(model._meta.verbose_name)) for model, kind in kinds]
    return sorted(named, key=lambda each: each[1])

"""Entries of the audit log that no changed column makes: something was done, or taken home."""

from typing import Any

from auditlog.models import LogEntry
from django.db.models import Model


def note(thing: Model, words: str, *, by: Any, taken: bool = False) -> None:
    """Write down what `by` did to `thing`; `taken` for what was only read, an export say.

    `words` are Vietnamese and part of the record, not of the page. Never secrets. `by` is None
    for the shop itself.
    """
    LogEntry.objects.log_create(
        thing,
        force_log=True,
        action=LogEntry.Action.ACCESS if taken else LogEntry.Action.UPDATE,
        additional_data={"words": words},
        actor=by if by is not None and by.is_authenticated else None,
        actor_email=getattr(by, "email", None),
    )

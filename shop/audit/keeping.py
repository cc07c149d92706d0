"""How long the audit log is kept, and what of a person goes when the person asks to go."""

from datetime import timedelta
from typing import Any

from auditlog.models import LogEntry
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.utils import timezone

#: Entries dropped at a time: no long lock on a table that every change writes to.
A_BATCH = 5_000
_EVERY_SECONDS = 3600


def drop_old() -> int:
    """A job of the worker, once an hour: entries past their term, addresses past theirs."""
    if not cache.add("audit-drop-old", 1, _EVERY_SECONDS):
        return 0
    return drop_past_term()


def drop_past_term() -> int:
    """Drop what is past its term now; how many entries went."""
    now = timezone.now()
    end_of_addresses = now - timedelta(days=settings.AUDIT_KEEP_ADDRESS_DAYS)
    LogEntry.objects.filter(timestamp__lt=end_of_addresses, remote_addr__isnull=False).update(
        remote_addr=None
    )
    end = now - timedelta(days=settings.AUDIT_KEEP_DAYS)
    old = LogEntry.objects.filter(timestamp__lt=end).order_by("timestamp")
    keys = list(old.values_list("pk", flat=True)[:A_BATCH])
    LogEntry.objects.filter(pk__in=keys).delete()
    return len(keys)


def forget_person(user: Any) -> None:
    """Take a person's email and address out of the log; what was done stays.

    Names are not in it. The number of the account stays: it leads nowhere once that is emptied.
    """
    LogEntry.objects.filter(actor_id=user.pk).update(actor_email=None, remote_addr=None)
    kind = ContentType.objects.get_for_model(type(user))
    about = LogEntry.objects.filter(content_type=kind, object_id=user.pk)
    for entry in about.filter(changes__has_key="email"):
        entry.changes.pop("email")
        entry.save(update_fields=["changes"])

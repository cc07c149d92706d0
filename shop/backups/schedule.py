"""Whether a backup is due, and starting it beside the worker."""

import logging
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from shop.backups.erased import remember_erasures
from shop.backups.making import backups_in

logger = logging.getLogger(__name__)

#: What failed is tried again after this long.
TRY_AGAIN = timedelta(hours=1)


#: A process of its own: letters and deadlines do not wait for it.
COMMAND = [sys.executable, str(settings.BASE_DIR / "manage.py"), "backup", "--verify"]


@dataclass
class Running:
    process: subprocess.Popen[bytes] | None = None
    tried_at: datetime | None = None


_running = Running()


def back_up_when_due() -> int:
    """A job of the worker: 1 when it started a backup, as a process of its own.

    The list of erasures is kept up to date at every round, whoever makes the backups: it is for
    those after the last one.
    """
    remember_erasures()
    if not settings.BACKUP_AT:
        return 0
    process = _running.process
    if process is not None:
        if process.poll() is None:
            return 0
        _running.process = None
        if process.returncode:
            logger.error("the backup failed (exit %s): see its lines above", process.returncode)
    now = timezone.now()
    if not is_due(now, last_backup(), _running.tried_at):
        return 0
    _running.tried_at = now
    _running.process = subprocess.Popen(COMMAND, cwd=settings.BASE_DIR)
    return 1


def is_due(now: datetime, last: datetime | None, tried: datetime | None) -> bool:
    """Whether the hour of `BACKUP_AT` came since the `last` backup, and no try was just made."""
    local = timezone.localtime(now)
    moment = datetime.combine(local.date(), hour_of(settings.BACKUP_AT), local.tzinfo)
    if moment > local:
        moment -= timedelta(days=1)
    if last is not None and last >= moment:
        return False
    return tried is None or now - tried >= TRY_AGAIN


def hour_of(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise ImproperlyConfigured(f"BACKUP_AT is {text!r}, not an hour such as 02:30.") from None


def last_backup(folder: Path | None = None) -> datetime | None:
    """The moment that the newest whole archive shows."""
    found = backups_in(folder or settings.BACKUP_DIR)
    return found[-1][0] if found else None

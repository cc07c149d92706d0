"""What must work for the shop to serve: each check says nothing, or raises `NotReady`."""

import secrets
import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import cache as remembered
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from shop.health.beats import WORKER, age_of

MEGABYTE = 1024 * 1024


class NotReady(Exception):
    """What is wrong, in a few words for operators."""


def database() -> None:
    """It answers, and its tables are those of this code."""
    recorder = MigrationRecorder(connection)
    applied = set(recorder.migration_qs.values_list("app", "name"))
    if missing := expected_migrations() - applied:
        names = ", ".join(sorted(f"{app}.{name}" for app, name in missing)[:5])
        raise NotReady(f"{len(missing)} apps are not migrated: {names}")


@remembered
def expected_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app. Reads hundreds of files, once in each process."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def shared_cache() -> None:
    """What is written can be read again."""
    key, value = f"ready:{secrets.token_hex(8)}", secrets.token_hex(8)
    cache.set(key, value, 10)
    if cache.get(key) != value:
        raise NotReady("it forgot at once what it was told")
    cache.delete(key)


def worker() -> None:
    """Somebody runs the shop's jobs."""
    age = age_of(WORKER)
    if age is None:
        raise NotReady("no worker was ever heard")
    if age > timedelta(seconds=settings.READY_WORKER_SECONDS):
        raise NotReady(f"the worker was last heard {age.total_seconds():.0f} seconds ago")


def tasks() -> None:
    """Somebody takes background tasks from the queue; without a queue, nothing to ask."""
    if not settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend"):
        return
    now = timezone.now()
    oldest = DBTaskResult.objects.ready().aggregate(Min("enqueued_at"))["enqueued_at__min"]
    if oldest and now - oldest > timedelta(seconds=settings.READY_WORKER_SECONDS):
        raise NotReady(f"a task has waited {(now - oldest).total_seconds():.0f} seconds")


def disk() -> None:
    """There is room where the runtime files and the uploads lie."""
    for path in {Path(settings.VAR_DIR), Path(settings.MEDIA_ROOT)}:
        if path.exists():
            free = shutil.disk_usage(path).free // MEGABYTE
            if free < settings.READY_FREE_MB:
                raise NotReady(f"{free} MB free, {settings.READY_FREE_MB} wanted")


def storage() -> None:
    """An upload can be kept: written, and taken away again."""
    name = default_storage.save(f"ready/{secrets.token_hex(8)}", ContentFile(b"ready\n"))
    default_storage.delete(name)


#: By the name under which `?exclude=` leaves it out.
CHECKS: dict[str, Callable[[], None]] = {
    "database": database,
    "cache": shared_cache,
    "worker": worker,
    "tasks": tasks,
    "disk": disk,
    "storage": storage,
}
#: What asks far and costs money (a bucket) is asked seldom; seconds for which "ready" holds.
REMEMBERED_SECONDS = {"storage": 30.0}

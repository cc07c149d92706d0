"""Each thing that the shop cannot do without says so by itself when it is missing."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from shop.health import checks
from shop.health.beats import FAILED_JOB, WORKER, Beat, beat
from shop.health.checks import NotReady
from shop.worker import run_jobs

HERE = "tests.shop.test_worker."


@pytest.mark.django_db
def test_database_with_all_its_tables_is_ready() -> None:
    checks.database()


@pytest.mark.django_db
def test_database_that_was_not_migrated_is_named() -> None:
    app, name = max(checks.expected_migrations(), key=lambda one: one[0] == "health")
    MigrationRecorder(connection).record_unapplied(app, name)
    with pytest.raises(NotReady, match=f"{app}.{name}"):
        checks.database()


def test_cache_that_forgets_is_not_ready(settings: Any) -> None:
    checks.shared_cache()
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    with pytest.raises(NotReady):
        checks.shared_cache()


@pytest.mark.django_db
def test_worker_that_was_never_heard_is_not_ready() -> None:
    with pytest.raises(NotReady, match="ever"):
        checks.worker()


@pytest.mark.django_db
def test_each_round_of_the_worker_is_heard() -> None:
    run_jobs()
    run_jobs()
    checks.worker()
    assert Beat.objects.get(name=WORKER).count == 2


@pytest.mark.django_db
def test_worker_that_fell_silent_is_not_ready(settings: Any) -> None:
    settings.READY_WORKER_SECONDS = 60
    beat(WORKER)
    Beat.objects.update(at=timezone.now() - timedelta(seconds=61))
    with pytest.raises(NotReady, match="61 seconds"):
        checks.worker()


@pytest.mark.django_db
def test_job_that_fails_is_counted_by_its_name(settings: Any) -> None:
    settings.WORKER_JOBS = [HERE + "broken"]
    run_jobs()
    run_jobs()
    assert Beat.objects.get(name=f"{FAILED_JOB}broken").count == 2


@pytest.mark.django_db
def test_task_that_nobody_takes_is_seen(settings: Any) -> None:
    now = timezone.now()
    waiting = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="x", backend_name="default", run_after=now
    )
    DBTaskResult.objects.filter(pk=waiting.pk).update(enqueued_at=now - timedelta(hours=1))
    checks.tasks()  # without a queue nobody has to take anything
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with pytest.raises(NotReady, match="3600"):
        checks.tasks()
    DBTaskResult.objects.update(run_after=now + timedelta(hours=1))
    checks.tasks()


def test_full_disk_is_not_ready(settings: Any, tmp_path: Path, monkeypatch: Any) -> None:
    settings.VAR_DIR = settings.MEDIA_ROOT = tmp_path
    settings.READY_FREE_MB = 100
    free = SimpleNamespace(free=100 * checks.MEGABYTE)
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda _path: free)
    checks.disk()
    free.free -= 1
    with pytest.raises(NotReady, match="99 MB"):
        checks.disk()


def test_storage_is_tried_and_left_as_it_was(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    checks.storage()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    settings.MEDIA_ROOT = tmp_path / "a-file"
    (tmp_path / "a-file").write_text("no directory")
    with pytest.raises(OSError, match="a-file"):
        checks.storage()

"""The worker makes a backup once a day at its hour, and says when that failed."""

import logging
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import ImproperlyConfigured

from shop.backups import schedule
from shop.backups.erased import LIST
from shop.backups.schedule import back_up_when_due, is_due, last_backup
from shop.personal.erasing import erase_person
from shop.personal.registry import Person
from tests.factories import a_buyer

# 02:30 in Vietnam is 19:30 UTC of the day before.
HOUR = datetime(2026, 11, 26, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "last", "tried", "due"),
    [
        (HOUR + timedelta(minutes=1), None, None, True),
        (HOUR + timedelta(minutes=1), HOUR - timedelta(hours=23), None, True),
        (HOUR + timedelta(minutes=1), HOUR + timedelta(seconds=9), None, False),
        (HOUR - timedelta(minutes=1), HOUR - timedelta(hours=23), None, False),
        (HOUR + timedelta(minutes=20), None, HOUR + timedelta(minutes=1), False),
        (HOUR + timedelta(minutes=70), None, HOUR + timedelta(minutes=1), True),
    ],
)
def test_once_a_day_and_again_an_hour_after_a_failure(
    settings: Any, now: datetime, last: datetime | None, tried: datetime | None, due: bool
) -> None:
    settings.BACKUP_AT = "02:30"
    assert is_due(now, last, tried) is due


def test_hour_that_is_none_is_named(settings: Any) -> None:
    settings.BACKUP_AT = "half past two"
    with pytest.raises(ImproperlyConfigured, match="half past two"):
        is_due(HOUR, None, None)


@pytest.mark.django_db
def test_worker_starts_one_beside_itself_and_logs_its_failure(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BACKUP_AT, settings.BACKUP_DIR = "02:30", tmp_path
    with (
        patch.object(schedule, "COMMAND", [sys.executable, "-c", "raise SystemExit(1)"]),
        patch.object(schedule, "_running", schedule.Running()) as running,
        caplog.at_level(logging.ERROR),
    ):
        assert back_up_when_due() == 1
        running.process.wait()
        assert back_up_when_due() == 0
    assert "the backup failed (exit 1)" in caplog.text


@pytest.mark.django_db
def test_without_an_hour_nothing_starts_and_erasures_are_remembered(
    settings: Any, tmp_path: Path
) -> None:
    settings.BACKUP_AT, settings.BACKUP_DIR = "", tmp_path / "backups"
    assert back_up_when_due() == 0
    assert not settings.BACKUP_DIR.exists()
    erase_person(Person.of(a_buyer("hoa@example.com")))
    assert back_up_when_due() == 0
    assert (settings.BACKUP_DIR / LIST).read_text().count("\n") == 1


def test_newest_whole_archive_counts(tmp_path: Path) -> None:
    assert last_backup(tmp_path) is None
    for name in ("phien-cho-20261126T193000Z.tar.gpg", ".phien-cho-20261127T193000Z.tar.part"):
        (tmp_path / name).touch()
    assert last_backup(tmp_path) == HOUR

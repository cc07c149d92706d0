"""Migrations that the shop of before can go on serving on: expand first, contract a version later.

Everything up to `migrations_baseline.txt` was there before the first release. What came after is
looked at by django-migration-linter: nothing may drop, rename or narrow what running processes
still use. See "Migrations while the shop serves" in docs/scale.md.
"""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter

from shop.migrating import limit_waiting, wait_as_usual

BASELINE = Path(__file__).with_name("migrations_baseline.txt")
ON_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
#: Migration → why it may nevertheless run under load, or that the shop must be stopped for it.
ACCEPTED: dict[str, str] = {}

pytestmark = pytest.mark.django_db


def old() -> set[tuple[str, str]]:
    """The last migrations of the baseline and all that they stand on."""
    graph = MigrationLoader(None).graph
    known: set[tuple[str, str]] = set()
    for line in BASELINE.read_text().split():
        app, _dot, name = line.partition(".")
        # One that was squashed away since is no leaf of anything.
        known.update(graph.forwards_plan((app, name)) if (app, name) in graph.nodes else [])
    return known


def ours() -> set[tuple[str, str]]:
    rooms = ("catalogue", "shop", "cms")
    here = {app.label for app in apps.get_app_configs() if app.name.split(".")[0] in rooms}
    return {key for key in MigrationLoader(None).disk_migrations if key[0] in here}


@pytest.mark.skipif(not ON_POSTGRES, reason="only on PostgreSQL: what it would run is looked at")
def test_new_migrations_break_nothing_that_still_serves(
    capsys: pytest.CaptureFixture[str],
) -> None:
    linter = MigrationLinter(no_cache=True, quiet=["ok", "ignore", "warning"])
    for app, name in sorted(ours() - old()):
        if f"{app}.{name}" not in ACCEPTED:
            linter.lint_migration(linter.migration_loader.disk_migrations[app, name])
    assert not linter.has_errors, capsys.readouterr().out


@pytest.mark.skipif(not ON_POSTGRES, reason="only on PostgreSQL: what it would run is looked at")
def test_one_that_drops_a_column_is_found() -> None:
    linter = MigrationLinter(no_cache=True, no_output=True)
    drops = next(
        migration
        for key, migration in sorted(linter.migration_loader.disk_migrations.items())
        if key in ours()
        and any(type(each).__name__ == "RemoveField" for each in migration.operations)
    )
    linter.lint_migration(drops)
    assert linter.has_errors


def test_what_is_accepted_exists_and_is_new() -> None:
    assert {tuple(name.split(".")) for name in ACCEPTED} <= ours() - old()


@pytest.mark.skipif(not ON_POSTGRES, reason="only on PostgreSQL")
def test_migrations_do_not_wait_long_for_locks() -> None:
    def timeout() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            return str(cursor.fetchone()[0])

    usual = timeout()
    limit_waiting("default")
    assert timeout() == f"{settings.MIGRATE_LOCK_SECONDS}s"
    wait_as_usual("default")
    assert timeout() == usual

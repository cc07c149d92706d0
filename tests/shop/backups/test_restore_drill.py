"""The drill: a shop is backed up, brought back elsewhere, and is the same shop."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings as shop_settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from shop.backups import restoring
from shop.backups.archive import can_read, members
from shop.backups.databases import connected
from shop.backups.errors import BackupError
from shop.backups.facts import facts_of
from shop.backups.files import room
from shop.backups.making import make_backup
from shop.backups.place import Place
from shop.backups.restoring import restore, verify
from shop.backups.schedule import last_backup
from shop.order.models import Order
from tests.factories import a_product, an_order
from tests.shop.backups.conftest import PAPER, PICTURE

ON_SQLITE = shop_settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def test_brought_back_shop_has_every_row_every_file_and_all_money(
    archive: Path, elsewhere: Place
) -> None:
    restored = restore(archive, elsewhere)
    facts = elsewhere.database.facts()
    assert facts.rows["order_order"] == 2
    assert facts.money == {
        "orders": "245000",
        "money received": "125000",
        "refunds done": "0",
        "payouts made": "0",
    }
    assert facts == restored.manifest.facts
    assert elsewhere.storages["default"].open(PICTURE).read() == b"picture" * 1000
    assert elsewhere.storages["private"].open(PAPER).read() == b"%PDF-paper"


def test_what_happens_while_the_copy_is_made_is_not_half_in_it(
    shop: Place, elsewhere: Place, tmp_path: Path
) -> None:
    """An order placed after the figures were read, before the rows are copied."""

    def read_then_sell(connection: object) -> object:
        facts = facts_of(connection)  # type: ignore[arg-type]
        an_order(a_product(stock=3), payment="cod")
        return facts

    with patch("shop.backups.databases.facts_of", read_then_sell):
        archive = make_backup(shop, tmp_path / "backups")
    assert Order.objects.count() == 3
    restore(archive, elsewhere)
    assert elsewhere.database.facts().rows["order_order"] == 2


def test_verifying_finds_a_row_that_is_not_there(archive: Path, elsewhere: Place) -> None:
    verify(archive, elsewhere)

    def one_less(connection: object) -> object:
        facts = facts_of(connection)  # type: ignore[arg-type]
        facts.rows["order_order"] -= 1
        return facts

    with (
        patch("shop.backups.databases.facts_of", one_less),
        pytest.raises(BackupError, match="rows of order_order: 2 in the backup, 1 restored"),
    ):
        verify(archive, elsewhere)


def test_full_database_is_replaced_by_force_only(archive: Path, elsewhere: Place) -> None:
    restore(archive, elsewhere)
    with pytest.raises(BackupError, match="database is not empty"):
        restore(archive, elsewhere)
    with connected(elsewhere.database.settings) as connection:  # type: ignore[attr-defined]
        connection.cursor().execute("DELETE FROM payment_moneyreceived")
    restore(archive, elsewhere, force=True)
    assert elsewhere.database.facts().money["money received"] == "125000"


def test_files_of_somebody_else_are_not_written_over_without_force(
    archive: Path, elsewhere: Place
) -> None:
    elsewhere.storages["default"].save(PICTURE, ContentFile(b"another picture"))
    with pytest.raises(BackupError, match="other files already"):
        restore(archive, elsewhere)
    restore(archive, elsewhere, force=True)
    assert elsewhere.storages["default"].open(PICTURE).read() == b"picture" * 1000


def test_restore_broken_off_between_files_leaves_the_database_and_goes_on(
    archive: Path, elsewhere: Place
) -> None:
    really = restoring.put
    calls: list[str] = []

    def power_fails(storage: object, name: str, content: object) -> None:
        calls.append(name)
        if len(calls) == 2:
            raise KeyboardInterrupt
        really(storage, name, content)  # type: ignore[arg-type]

    with patch.object(restoring, "put", power_fails), pytest.raises(KeyboardInterrupt):
        restore(archive, elsewhere)
    assert elsewhere.database.is_empty()
    assert restore(archive, elsewhere).files == 2


def test_database_that_does_not_tie_never_takes_the_place_of_the_old_one(
    archive: Path, elsewhere: Place
) -> None:
    restore(archive, elsewhere)
    with (
        patch("shop.backups.facts.Facts.differences", lambda *_facts: ["sum of orders"]),
        pytest.raises(BackupError, match="sum of orders"),
    ):
        restore(archive, elsewhere, force=True)
    assert elsewhere.database.facts().rows["order_order"] == 2


def test_backup_of_a_newer_shop_is_refused(archive: Path, elsewhere: Place) -> None:
    with (
        patch.object(restoring, "_known_migrations", lambda: {"order.0001_initial"}),
        pytest.raises(BackupError, match="newer shop"),
    ):
        restore(archive, elsewhere)
    assert elsewhere.database.is_empty()


def test_backup_of_the_other_kind_of_database_is_refused(archive: Path, elsewhere: Place) -> None:
    with (
        patch.object(type(elsewhere.database), "engine", "other"),
        pytest.raises(BackupError, match="DATABASE_URL names other"),
    ):
        restore(archive, elsewhere)


@pytest.mark.skipif(not ON_SQLITE, reason="only on SQLite")
def test_old_file_is_kept_beside_and_one_in_use_is_not_replaced(
    archive: Path, elsewhere: Place
) -> None:
    restore(archive, elsewhere)
    database = elsewhere.database
    with connected(database.settings) as shop_that_runs:  # type: ignore[attr-defined]
        shop_that_runs.ensure_connection()
        shop_that_runs.cursor().execute("SELECT COUNT(*) FROM order_order").fetchone()
        with pytest.raises(BackupError, match="in use"):
            restore(archive, elsewhere, force=True)
    notes = restore(archive, elsewhere, force=True).notes
    assert any("before-restore" in note for note in notes)


@pytest.mark.skipif(not ON_SQLITE, reason="only on SQLite")
def test_log_that_a_dead_process_left_is_not_read_into_what_comes_back(
    archive: Path, elsewhere: Place
) -> None:
    restore(archive, elsewhere)
    path = elsewhere.database.path  # type: ignore[attr-defined]
    writes_and_dies = (
        "import os, sqlite3, sys; shop = sqlite3.connect(sys.argv[1]);"
        "shop.execute('PRAGMA journal_mode=WAL');"
        "shop.execute('DELETE FROM payment_moneyreceived');"
        "shop.commit(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", writes_and_dies, str(path)], check=True)
    assert Path(f"{path}-wal").stat().st_size > 0
    path.unlink()
    restore(archive, elsewhere)
    assert elsewhere.database.facts().money["money received"] == "125000"


@pytest.mark.skipif(not ON_SQLITE, reason="only on SQLite")
def test_damaged_database_is_replaced_by_force_and_kept(archive: Path, elsewhere: Place) -> None:
    path = elsewhere.database.path  # type: ignore[attr-defined]
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(BackupError, match="database is not empty"):
        restore(archive, elsewhere)
    restore(archive, elsewhere, force=True)
    assert elsewhere.database.facts().rows["order_order"] == 2
    assert Path(f"{path}.before-restore").read_bytes().startswith(b"no database")


@pytest.mark.skipif(ON_SQLITE, reason="only on PostgreSQL")
def test_missing_and_older_programs_are_named(shop: Place, tmp_path: Path) -> None:
    with (
        patch("shop.backups.databases.shutil.which", lambda _name: None),
        pytest.raises(BackupError, match="postgresql-client"),
    ):
        make_backup(shop, tmp_path)
    with (
        patch.object(type(shop.database), "_version_of", lambda *_name: "9.6"),
        pytest.raises(BackupError, match="pg_dump is of PostgreSQL 9"),
    ):
        make_backup(shop, tmp_path)
    assert list(tmp_path.glob("*.tar*")) == []


def test_commands_make_verify_and_keep_so_many(
    shop: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "kept"
    with patch.object(Place, "of_settings", lambda: shop):
        for hour in range(3):
            (folder / f"phien-cho-20200101T0{hour}0000Z.tar").parent.mkdir(exist_ok=True)
            (folder / f"phien-cho-20200101T0{hour}0000Z.tar").touch()
        call_command("backup", to=folder, keep=2, verify=True)
    said = capsys.readouterr().out
    assert "money received: 125.000 đồng" in said
    assert "all the same" in said
    names = sorted(path.name for path in folder.glob("*.tar"))
    assert len(names) == 2
    assert names[0] == "phien-cho-20200101T020000Z.tar"


def test_archive_that_does_not_come_back_is_no_backup(shop: Place, tmp_path: Path) -> None:
    wrong = BackupError("rows of order_order: 2 in the backup, 1 restored")
    with (
        patch.object(Place, "of_settings", lambda: shop),
        patch("shop.management.commands.backup.verify", side_effect=wrong),
    ):
        for _night in range(2):
            with pytest.raises(CommandError, match="order_order"):
                call_command("backup", to=tmp_path, verify=True)
    assert last_backup(tmp_path) is None
    assert len(list(tmp_path.glob("unverified-*"))) == 1


def test_what_is_large_lies_beside_the_backups_and_not_in_memory(
    shop: Place, elsewhere: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """/tmp of a container is a piece of its memory."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "no-such-folder"))
    monkeypatch.setattr("shop.backups.archive.IN_MEMORY", 10)
    monkeypatch.setattr("shop.backups.restoring.IN_MEMORY", 10)
    assert restore(make_backup(shop, tmp_path / "backups"), elsewhere).files == 2


def test_copy_that_a_killed_process_left_is_taken_away(
    archive: Path, elsewhere: Place, settings: Any
) -> None:
    left = settings.BACKUP_DIR / ".scratch-left"
    left.mkdir(parents=True)
    (left / "shop.sqlite3").write_bytes(b"everybody")
    with room() as of_another:
        verify(archive, elsewhere)
        assert of_another.is_dir()
    assert not left.exists()


@pytest.mark.skipif(ON_SQLITE, reason="only on PostgreSQL")
def test_scratch_database_that_a_killed_process_left_is_dropped(shop: Place) -> None:
    name = shop.database.settings["NAME"]  # type: ignore[attr-defined]

    def scratch_databases(connection: Any) -> list[str]:
        cursor = connection.cursor()
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname::text, %s)",
            [f"{name[:36]}_restored_"],
        )
        return [row[0] for row in cursor.fetchall()]

    with connected(shop.database.settings) as connection:  # type: ignore[attr-defined]
        connection.cursor().execute(f'CREATE DATABASE "{name[:36]}_restored_left"')
        with shop.database.scratch() as first, shop.database.scratch() as second:
            assert sorted(scratch_databases(connection)) == sorted(
                [first.settings["NAME"], second.settings["NAME"]]
            )
        assert scratch_databases(connection) == []


def test_command_says_what_to_do_after(
    archive: Path, elsewhere: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    with patch.object(Place, "of_settings", lambda: elsewhere):
        call_command("restore", str(archive))
        with pytest.raises(CommandError, match="--force"):
            call_command("restore", str(archive))
    said = capsys.readouterr().out
    assert "rebuild_search" in said
    assert "Erased again, as erased since the backup: 0" in said


def test_cache_that_is_away_keeps_nobody_from_being_erased_again(
    archive: Path, elsewhere: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    with (
        patch.object(Place, "of_settings", lambda: elsewhere),
        patch("shop.management.commands.restore.cache.clear", side_effect=ConnectionError("redis")),
    ):
        call_command("restore", str(archive))
    said = capsys.readouterr().out
    assert "Empty Redis" in said
    assert "Erased again, as erased since the backup: 0" in said


@pytest.mark.skipif(not shutil.which("gpg"), reason="gpg is not installed")
def test_archive_for_a_key_opens_with_that_key_only(
    shop: Place, elsewhere: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "gpg"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    make_key = ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-gen-key"]
    subprocess.run(
        [*make_key, "kho@phiencho.example", "default", "default"], check=True, capture_output=True
    )
    path = make_backup(shop, tmp_path / "backups", "kho@phiencho.example")
    assert path.suffix == ".gpg"
    assert b"order_order" not in path.read_bytes()
    assert restore(path, elsewhere).files == 2
    assert can_read(path, "kho@phiencho.example")
    assert not can_read(path, "nobody@phiencho.example")
    with pytest.raises(BackupError, match="gpg"):
        make_backup(shop, tmp_path / "others", "nobody@phiencho.example")
    assert list((tmp_path / "others").glob("*.tar*")) == []
    subprocess.run(["gpgconf", "--kill", "all"], check=False)


def test_writer_and_reader_agree_on_what_is_in_an_archive(archive: Path) -> None:
    assert [name for name, _content in members(archive)][1:] == [
        f"files/default/{PICTURE}",
        f"files/private/{PAPER}",
        "manifest.json",
    ]

"""The way back: everything is checked before anything is touched, the database comes last."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from tqdm import tqdm

from shop.backups.archive import IN_MEMORY, MANIFEST, Manifest, checked_manifest, members
from shop.backups.errors import BackupError
from shop.backups.facts import Facts
from shop.backups.files import CHUNK, is_same, put, room
from shop.backups.place import Place, key_mark


@dataclass
class Restored:
    """What came back, and what whoever runs the shop should know."""

    manifest: Manifest
    files: int = 0
    notes: list[str] = field(default_factory=list)


def restore(path: Path, place: Place, *, force: bool = False) -> Restored:
    """Bring back the whole archive at `path` into `place`.

    Raises BackupError before anything is touched: a damaged archive, another kind of database, a
    newer shop's migrations, a place that is not empty (unless `force`). Files come first and the
    database last, in one step; broken off in between, the old database stands and the same command
    goes on.
    """
    manifest = _manifest(path)
    _refuse_strangers(manifest, place)
    if not force:
        _refuse_full(manifest, place)
    restored = Restored(manifest)
    if manifest.key_mark != key_mark():
        restored.notes.append(
            "SECRET_KEY is another one than the backup's: sessions, order links, second steps and"
            " the hashes of consents and erasures of before are not valid any more."
        )
    with room() as scratch:
        dump = scratch / place.database.dump_name
        bar = tqdm(total=len(manifest.entries), unit="file", desc="files", disable=None)
        with bar:
            for name, content in members(path):
                if name == place.database.dump_name:
                    _write(dump, content)
                elif name != MANIFEST:
                    _bring(place, name, content, manifest, scratch)
                    restored.files += 1
                bar.update()

        def check(facts: Facts) -> None:
            if found := manifest.facts.differences(facts):
                raise BackupError("What came back is not what was backed up: " + "; ".join(found))

        note = place.database.replace_with(dump, check)
        if note:
            restored.notes.append(note)
    extra = sum(_entry_name(*each) not in manifest.entries for each in place.file_names())
    if extra:
        restored.notes.append(f"{extra} files that the backup does not know were left.")
    return restored


def verify(path: Path, place: Place) -> Restored:
    """Restore into a fresh place beside `place` and compare counts, money and every file.

    Raises BackupError with every difference.
    """
    with place.scratch() as fresh:
        return restore(path, fresh)


def unapplied_migrations(facts: Facts) -> int:
    """How many of this code's migrations the backup's database lacks."""
    return len(_known_migrations() - set(facts.migrations))


def _manifest(path: Path) -> Manifest:
    size = path.stat().st_size if path.is_file() else 0
    with tqdm(total=size, unit="B", unit_scale=True, desc="checksums", disable=None) as bar:
        return checked_manifest(path, bar)


def _refuse_strangers(manifest: Manifest, place: Place) -> None:
    if manifest.engine != place.database.engine:
        raise BackupError(
            f"The backup is of {manifest.engine}, DATABASE_URL names {place.database.engine}."
        )
    if place.database.dump_name not in manifest.entries:
        raise BackupError("The archive holds no database.")
    for name in manifest.entries:
        if name != place.database.dump_name and _split(name)[0] not in place.storages:
            raise BackupError(f"This shop has no place for {name!r}.")
    if unknown := sorted(set(manifest.facts.migrations) - _known_migrations() - _gone(manifest)):
        raise BackupError(
            "The backup is of a newer shop; install that version first. Unknown migrations: "
            + ", ".join(unknown[:5])
        )


def _refuse_full(manifest: Manifest, place: Place) -> None:
    if not place.database.is_empty():
        raise BackupError("The database is not empty. --force replaces what is there.")
    # Files of this very backup are what a restore that was broken off left.
    for alias, name in place.file_names():
        entry = manifest.entries.get(_entry_name(alias, name))
        if entry is None or not is_same(place.storages[alias], name, entry.sha256):
            raise BackupError(
                f"There are other files already ({alias}: {name}). --force writes over those"
                " of the same name and leaves the rest."
            )


def _known_migrations() -> set[str]:
    return {".".join(key) for key in MigrationLoader(None).disk_migrations}


def _gone(manifest: Manifest) -> set[str]:
    """Migrations of apps that are no longer installed, and those that others replaced."""
    loader = MigrationLoader(None)
    replaced = {".".join(key) for each in loader.disk_migrations.values() for key in each.replaces}
    strangers = {
        name
        for name in manifest.facts.migrations
        if name.partition(".")[0] not in {*loader.migrated_apps, *loader.unmigrated_apps}
    }
    return replaced | strangers


def _bring(place: Place, entry: str, content: Any, manifest: Manifest, scratch: Path) -> None:
    alias, name = _split(entry)
    storage = place.storages[alias]
    if storage.exists(name) and is_same(storage, name, manifest.entries[entry].sha256):
        return
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, dir=str(scratch)) as whole:
        while chunk := content.read(CHUNK):
            whole.write(chunk)
        whole.seek(0)
        put(storage, name, whole)


def _split(entry: str) -> tuple[str, str]:
    """Storage and name of a file in the archive; neither for what is no file of a storage."""
    top, _slash, rest = entry.partition("/")
    alias, _slash, name = rest.partition("/")
    return (alias, name) if top == "files" and name else ("", "")


def _entry_name(alias: str, name: str) -> str:
    return f"files/{alias}/{name}"


def _write(path: Path, content: Any) -> None:
    with path.open("wb") as target:
        path.chmod(0o600)
        while chunk := content.read(CHUNK):
            target.write(chunk)


def close_connections(aliases: Iterable[str] = ("default",)) -> None:
    """This process' own connections must not stand in the way."""
    for alias in aliases:
        connections[alias].close()

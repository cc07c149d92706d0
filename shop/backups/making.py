"""A backup: the database first, then the files, so that no row of it lacks a file of its moment."""

import fcntl
import platform
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.utils import timezone
from tqdm import tqdm

from shop.backups.archive import Manifest, written
from shop.backups.errors import BackupError
from shop.backups.files import rename
from shop.backups.place import Place, key_mark

_NAME = re.compile(r"^phien-cho-(\d{8}T\d{6})Z\.tar(\.gpg)?$")


def make_backup(place: Place, folder: Path, recipient: str = "") -> Path:
    """Write one archive of everything into `folder`; its path.

    The shop goes on meanwhile. Raises BackupError; half an archive never stays.
    """
    with _alone(folder):
        moment = timezone.now().astimezone(UTC)
        ending = ".tar.gpg" if recipient else ".tar"
        path = folder / f"phien-cho-{moment:%Y%m%dT%H%M%S}Z{ending}"
        database = place.database
        with tempfile.TemporaryDirectory(dir=folder, prefix=".dump-") as scratch:
            dump = Path(scratch) / database.dump_name
            facts = database.dump(dump)
            names = list(place.file_names())
            with written(path, recipient) as archive:
                with dump.open("rb") as copy:
                    archive.add(database.dump_name, copy)
                dump.unlink()
                for alias, name in tqdm(names, unit="file", desc="files", disable=None):
                    try:
                        source = place.storages[alias].open(name)
                    except FileNotFoundError:
                        continue  # taken away since the list was made
                    with source:
                        archive.add(f"files/{alias}/{name}", source)
                archive.finish(
                    Manifest(
                        made_at=moment.isoformat(),
                        engine=database.engine,
                        versions={**_versions(), **database.versions()},
                        key_mark=key_mark(),
                        facts=facts,
                    )
                )
    return path


@contextmanager
def doubted(path: Path) -> Iterator[Path]:
    """The archive under another name while it is tried: it counts as a backup once that went well.

    What could not be brought back stays as `unverified-…` for somebody to look at, until the next.
    """
    for last in path.parent.glob("unverified-phien-cho-*"):
        last.unlink()
    doubtful = path.rename(path.with_name(f"unverified-{path.name}"))
    yield doubtful
    rename(doubtful, path)


def _versions() -> dict[str, str]:
    packages = {name: version(name) for name in ("django", "django-oscar", "wagtail")}
    return {"python": platform.python_version(), **packages}


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One backup at a time in one folder."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BackupError(f"Another backup into {folder} is under way.") from None
        # What one left that was killed.
        for left in folder.glob(".dump-*"):
            shutil.rmtree(left, ignore_errors=True)
        for part in folder.glob(".phien-cho-*.part"):
            part.unlink(missing_ok=True)
        yield


def backups_in(folder: Path) -> list[tuple[datetime, Path]]:
    """Whole archives with the moment each shows, oldest first."""
    found = []
    for path in folder.glob("phien-cho-*"):
        if match := _NAME.match(path.name):
            moment = datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            found.append((moment, path))
    return sorted(found)


def drop_old(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest `keep` archives; which went. At least one stays."""
    old = [path for _moment, path in backups_in(folder)[: -max(1, keep)]]
    for path in old:
        path.unlink(missing_ok=True)
    return old

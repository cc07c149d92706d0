"""The shop's files, wherever their storage keeps them."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages

from shop.backups.errors import BackupError

CHUNK = 1024 * 1024


@contextmanager
def room() -> Iterator[Path]:
    """A folder for a while where there is room for a whole shop: beside the backups, not in /tmp,
    which may be a piece of memory. What was left by processes that were killed goes first."""
    parent = settings.BACKUP_DIR
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as held:
        with (parent / ".scratch.lock").open("w") as door:
            fcntl.flock(door, fcntl.LOCK_EX)
            for other in parent.glob(".scratch-*"):
                with suppress(OSError), _in_use(other):
                    shutil.rmtree(other, ignore_errors=True)
            folder = held.enter_context(tempfile.TemporaryDirectory(prefix=".scratch-", dir=parent))
            held.enter_context(_in_use(Path(folder)))
        yield Path(folder)


@contextmanager
def _in_use(folder: Path) -> Iterator[None]:
    """As long as this process lives. Raises OSError where another one does so."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def settle(path: Path) -> None:
    """Wait until a loss of power would take nothing of this file, or of the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def rename(path: Path, target: Path) -> None:
    """Give the file its name once all of it is on the disk, and the name with it."""
    settle(path)
    path.rename(target)
    settle(target.parent)


def kept_storages() -> dict[str, Storage]:
    """Every storage of uploads by its name; static files come with the code."""
    return {name: storages[name] for name in settings.STORAGES if name != "staticfiles"}


def walk(storage: Storage, others: list[Storage]) -> Iterator[str]:
    """Names of all files in `storage`; not what another one keeps in a folder of its bucket."""
    foreign = {
        getattr(other, "location", "")
        for other in others
        if getattr(storage, "bucket_name", None)
        and getattr(other, "bucket_name", None) == getattr(storage, "bucket_name", None)
    }
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            below, files = storage.listdir(folder)
        except FileNotFoundError:
            continue
        prefix = f"{folder}/" if folder else ""
        yield from (f"{prefix}{name}" for name in sorted(files) if name)
        folders += [f"{prefix}{name}" for name in below if f"{prefix}{name}" not in foreign]


def digest_of(file: IO[bytes] | File) -> str:
    """SHA-256 of what is left to read."""
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def is_same(storage: Storage, name: str, digest: str) -> bool:
    with storage.open(name) as file:
        return digest_of(file) == digest


def put(storage: Storage, name: str, content: Any) -> None:
    """Keep `content` under exactly this name, in place of what lay there."""
    if storage.exists(name):
        storage.delete(name)
    kept = storage.save(name, File(content, name=name))
    if kept != name:
        storage.delete(kept)
        raise BackupError(f"The storage would call {name!r} {kept!r}.")

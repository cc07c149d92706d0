"""Where a shop lies: its database and its files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.utils.crypto import salted_hmac

from shop.backups.databases import Database, database_of
from shop.backups.files import kept_storages, room, walk


@dataclass
class Place:
    database: Database
    storages: dict[str, Storage]

    @classmethod
    def of_settings(cls) -> "Place":
        """The shop that the settings name."""
        return cls(database_of(settings.DATABASES["default"]), kept_storages())

    @contextmanager
    def scratch(self) -> Iterator["Place"]:
        """A fresh place of the same kind on this machine, gone afterwards."""
        with (
            self.database.scratch() as database,
            room() as folder,
        ):
            folders = {name: FileSystemStorage(location=folder / name) for name in self.storages}
            yield Place(database, dict(folders))

    def file_names(self) -> Iterator[tuple[str, str]]:
        """Storage and name of every file."""
        for alias, storage in self.storages.items():
            others = [each for name, each in self.storages.items() if name != alias]
            yield from ((alias, name) for name in walk(storage, others))


def key_mark() -> str:
    """Tells one SECRET_KEY from another, and nothing else of it."""
    return salted_hmac("shop.backups.key", "", algorithm="sha256").hexdigest()[:16]

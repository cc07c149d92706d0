"""Bring a backup back."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from shop.backups.erased import erase_again, remember_erasures
from shop.backups.errors import BackupError
from shop.backups.place import Place
from shop.backups.restoring import close_connections, restore, unapplied_migrations


class Command(BaseCommand):
    help = (
        "Restore the database and all files from an archive, after checking it. Stop the shop and"
        " its workers first. Run it again if it was broken off."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--force", action="store_true", help="replace what is there")
        parser.add_argument(
            "--erase-again-since",
            type=datetime.fromisoformat,
            metavar="MOMENT",
            help="restore nothing: erase anew who was erased after this moment (made_at of the"
            " manifest), once `migrate` has run",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folders = [settings.BACKUP_DIR, options["archive"].resolve().parent]
        if options["erase_again_since"]:
            self._erase_again(options["erase_again_since"], folders)
            return
        try:
            if options["force"]:
                self._remember_erasures()
            close_connections()
            restored = restore(options["archive"], Place.of_settings(), force=options["force"])
        except BackupError as fault:
            raise CommandError(str(fault)) from fault
        manifest = restored.manifest
        self.stdout.write(
            self.style.SUCCESS(f"Restored: the shop of {manifest.made_at}, {restored.files} files.")
        )
        for note in (*restored.notes, *self._empty_cache()):
            self.stdout.write(self.style.WARNING(note))
        waiting = unapplied_migrations(manifest.facts)
        if not waiting:
            self._erase_again(datetime.fromisoformat(manifest.made_at), folders)
        self.stdout.write("Now run:")
        if waiting:
            self.stdout.write(f"  manage.py migrate    # {waiting} migrations are newer")
            self.stdout.write(
                f"  manage.py restore {options['archive']} --erase-again-since {manifest.made_at}"
            )
        self.stdout.write("  manage.py setup_shop && manage.py rebuild_search")

    def _empty_cache(self) -> list[str]:
        """Sessions and pages of before; what is left to do where that does not work."""
        try:
            cache.clear()
        except Exception as fault:  # Redis is another server; the database is back already
            return [f"Empty Redis before the shop starts, it did not answer: {fault}"]
        return []

    def _remember_erasures(self) -> None:
        """Those of the database that is about to be replaced, where it can still be read."""
        try:
            if "personal_erasure" in connection.introspection.table_names():
                remember_erasures()
        except Exception as fault:
            self.stderr.write(f"The erasures of the old database could not be read: {fault}")

    def _erase_again(self, since: datetime, folders: list[Path]) -> None:
        done, refused = erase_again(since, folders)
        self.stdout.write(f"Erased again, as erased since the backup: {done}")
        for each in refused:
            self.stderr.write(f"Not erased, to be done by hand: {each}")

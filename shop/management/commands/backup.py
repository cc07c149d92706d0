"""Back up the shop: database and files in one archive."""

import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shop.backups.archive import can_read
from shop.backups.erased import remember_erasures
from shop.backups.errors import BackupError
from shop.backups.making import doubted, drop_old, make_backup
from shop.backups.place import Place
from shop.backups.restoring import verify

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Write one archive of the database and all files while the shop goes on. --verify restores"
        " it into a fresh place and compares rows, money and files before older ones are deleted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.BACKUP_DIR, help="folder")
        parser.add_argument("--keep", type=int, default=settings.BACKUP_KEEP, help="archives kept")
        parser.add_argument("--verify", action="store_true", help="restore it and compare")
        parser.add_argument("--check", type=Path, metavar="ARCHIVE", help="only verify this one")

    def handle(self, *args: Any, **options: Any) -> None:
        place = Place.of_settings()
        try:
            if options["check"]:
                self._verify(options["check"], place)
                return
            remember_erasures(options["to"])
            path = make_backup(place, options["to"], settings.BACKUP_GPG_RECIPIENT)
            self.stdout.write(f"{path} ({path.stat().st_size / 1e6:.1f} MB)")
            if options["verify"] and not can_read(path, settings.BACKUP_GPG_RECIPIENT):
                logger.warning(
                    "not verified: the private key of its gpg key is not on this machine"
                )
            elif options["verify"]:
                with doubted(path) as archive:
                    self._verify(archive, place)
            for old in drop_old(options["to"], options["keep"]):
                self.stdout.write(f"deleted {old.name}")
        except (BackupError, OSError) as fault:
            # Into the log as well: a timer has no reader.
            logger.error("backup failed: %s", fault)
            raise CommandError(str(fault)) from fault

    def _verify(self, path: Path, place: Place) -> None:
        restored = verify(path, place)
        facts = restored.manifest.facts
        for name, total in facts.money.items():
            self.stdout.write(f"{name}: {int(total):,} đồng".replace(",", "."))
        rows = sum(facts.rows.values())
        self.stdout.write(
            self.style.SUCCESS(
                f"Restored and compared: {rows} rows in {len(facts.rows)} tables,"
                f" {restored.files} files, all the same."
            )
        )

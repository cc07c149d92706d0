"""Make the list of known passwords anew, from a file of Pwned Passwords or of plain words."""

import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from shop.users.passwords.listing import MARK_BYTES, PasswordList, mark_of, write_list

_RANGE_LETTERS = 5


class Command(BaseCommand):
    help = (
        "Builds the list that new passwords are looked up in (PASSWORD_LIST). Sources are what the "
        "Pwned Passwords downloader writes: one file of HASH:COUNT in order, or a folder of its "
        "ranges; or, with --plain, files of one password a line."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sources", nargs="+", type=Path)
        parser.add_argument("--output", type=Path, default=settings.PASSWORD_LIST)
        parser.add_argument("--plain", action="store_true", help="one password a line")
        parser.add_argument(
            "--least", type=int, default=1, help="leave out what was seen less often than this"
        )
        parser.add_argument(
            "--shortest",
            type=int,
            default=10,
            help="with --plain: leave out what is too short to be a password of the shop",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        sources: list[Path] = options["sources"]
        if missing := [str(source) for source in sources if not source.exists()]:
            raise CommandError(f"There is no {', '.join(missing)}.")
        if options["plain"]:
            marks: Iterator[bytes] = _plain(sources, options["shortest"])
        elif len(sources) == 1:
            marks = _hashed(sources[0], options["least"])
        else:
            raise CommandError("Give one file or folder of hashes.")
        output: Path = options["output"]
        output.parent.mkdir(parents=True, exist_ok=True)
        # Put in place at once when it is whole: servers that are running keep the old one.
        with tempfile.NamedTemporaryFile(dir=output.parent, delete=False) as file:
            try:
                count = write_list(file.file, tqdm(marks, unit=" passwords", disable=None))
            except ValueError as error:
                Path(file.name).unlink()
                raise CommandError(f"{error}; sort it first: LC_ALL=C sort FILE") from error
        if not count:
            Path(file.name).unlink()
            raise CommandError("Nothing was found in there.")
        os.chmod(file.name, 0o644)
        os.replace(file.name, output)
        self.stdout.write(f"{len(PasswordList(output))} passwords in {output}.")


def _plain(sources: list[Path], shortest: int) -> Iterator[bytes]:
    marks = set()
    for source in sources:
        with source.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                word = line.rstrip("\r\n")
                # Numbers alone are refused anyway.
                if len(word) >= shortest and not word.isdecimal():
                    marks |= {mark_of(word), mark_of(word.lower())}
    yield from sorted(marks)


def _hashed(source: Path, least: int) -> Iterator[bytes]:
    files = sorted(source.iterdir()) if source.is_dir() else [source]
    for file in files:
        prefix = file.stem.upper() if source.is_dir() else ""
        if prefix and len(prefix) != _RANGE_LETTERS:
            continue
        with file.open(encoding="ascii", errors="replace") as lines:
            for line in lines:
                mark = _mark(prefix + line, least)
                if mark is not None:
                    yield mark


def _mark(line: str, least: int) -> bytes | None:
    digest, _colon, seen = line.strip().partition(":")
    try:
        if seen and int(seen) < least:
            return None
        return bytes.fromhex(digest)[:MARK_BYTES] if len(digest) == 40 else None
    except ValueError:
        return None

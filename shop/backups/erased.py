"""Who was erased stays erased: the list of erasures lies beside the backups, outside of any.

Old backups still hold people who were erased after them. The list holds hashes and moments only
(`shop.personal.models.Erasure`), and outlives the database.
"""

import fcntl
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import EmailField

from shop.backups.files import settle
from shop.personal.erasing import CannotErase, erase_person
from shop.personal.models import Erasure, hash_of
from shop.personal.registry import Person
from shop.users.models import User

LIST = "erasures.jsonl"


@dataclass
class Listed:
    """What a list says: hashes with moments, and the numbers of lines that broke off."""

    rows: list[tuple[str, datetime]] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)


def remember_erasures(folder: Path | None = None) -> int:
    """Add what the database knows to the list in `folder`; how many were new."""
    folder = folder or settings.BACKUP_DIR
    rows = Erasure.objects.order_by("pk").values_list("email_hash", "at")
    if not rows.exists():
        return 0
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / LIST).open("a+", errors="replace") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        text = file.read()
        known = set(_listed(text).rows)
        new = [(hash_, at) for hash_, at in rows.iterator() if (hash_, at) not in known]
        if new and text and not text.endswith("\n"):
            file.write("\n")  # whoever wrote last was broken off
        for hash_, at in new:
            file.write(json.dumps({"hash": hash_, "at": at.isoformat()}) + "\n")
    if new:
        settle(folder / LIST)
        settle(folder)
    return len(new)


def erase_again(since: datetime, folders: list[Path]) -> tuple[int, list[str]]:
    """Erase everybody in the database who was erased after `since` by a list in `folders`.

    How many, and in words who could not be: something is under way that was finished then, or
    nobody can tell whom a line named that broke off.
    """
    lists = {path: _read(path) for path in (folder / LIST for folder in folders)}
    hashes = {hash_ for listed in lists.values() for hash_, at in listed.rows if at > since}
    done = 0
    refused = [
        f"whom line {number} of {path} named, which broke off"
        for path, listed in lists.items()
        for number in listed.broken
    ]
    for email in _addresses() if hashes else ():
        if hash_of(email) not in hashes:
            continue
        user = User.objects.filter(email__iexact=email).first()
        try:
            erase_person(Person(email, user, owns_email=True), by=Erasure.By.STAFF, tell=False)
            done += 1
        except CannotErase as reason:
            refused.append(f"{email}: {reason}")
    return done, refused


def _read(path: Path) -> Listed:
    return _listed(path.read_text(errors="replace")) if path.exists() else Listed()


def _listed(text: str) -> Listed:
    """A line that was begun and not ended may stand before a whole one, on the same line."""
    listed = Listed()
    for number, line in enumerate(text.splitlines(), start=1):
        begun, brace, rest = line.rpartition("{")
        try:
            row = json.loads(brace + rest)
            listed.rows.append((row["hash"], datetime.fromisoformat(row["at"])))
        except (ValueError, KeyError, TypeError):
            begun = line
        if begun:
            listed.broken.append(number)
    return listed


def _addresses() -> set[str]:
    """Every address that stands in a column for one, in small letters."""
    found: set[str] = set()
    for model in apps.get_models():
        for column in model._meta.local_concrete_fields:
            if isinstance(column, EmailField) and model._meta.managed:
                rows = model._base_manager.order_by().values_list(column.name, flat=True)
                found.update(each.strip().lower() for each in rows.distinct() if each)
    return found

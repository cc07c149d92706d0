"""Who was erased stays erased: the list of erasures lies beside the backups, outside of any.

Old backups still hold people who were erased after them. The list holds hashes and moments only
(`shop.personal.models.Erasure`), and outlives the database.
"""

import fcntl
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import EmailField

from shop.personal.erasing import CannotErase, erase_person
from shop.personal.models import Erasure, hash_of
from shop.personal.registry import Person
from shop.users.models import User

LIST = "erasures.jsonl"


def remember_erasures(folder: Path | None = None) -> int:
    """Add what the database knows to the list in `folder`; how many were new."""
    folder = folder or settings.BACKUP_DIR
    rows = Erasure.objects.order_by("pk").values_list("email_hash", "at")
    if not rows.exists():
        return 0
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / LIST).open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        known = set(_read(folder / LIST))
        new = [(hash_, at) for hash_, at in rows.iterator() if (hash_, at) not in known]
        for hash_, at in new:
            file.write(json.dumps({"hash": hash_, "at": at.isoformat()}) + "\n")
    return len(new)


def erase_again(since: datetime, folders: list[Path]) -> tuple[int, list[str]]:
    """Erase everybody in the database who was erased after `since` by a list in `folders`.

    How many, and in words who could not be (something is under way that was finished then).
    """
    hashes = {hash_ for folder in folders for hash_, at in _read(folder / LIST) if at > since}
    done, refused = 0, []
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


def _read(path: Path) -> Iterator[tuple[str, datetime]]:
    if path.exists():
        for line in path.read_text().splitlines():
            row = json.loads(line)
            yield row["hash"], datetime.fromisoformat(row["at"])


def _addresses() -> set[str]:
    """Every address that stands in a column for one, in small letters."""
    found: set[str] = set()
    for model in apps.get_models():
        for column in model._meta.local_concrete_fields:
            if isinstance(column, EmailField) and model._meta.managed:
                rows = model._base_manager.order_by().values_list(column.name, flat=True)
                found.update(each.strip().lower() for each in rows.distinct() if each)
    return found

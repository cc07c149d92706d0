"""“All my data”: one ZIP with JSON for machines, a page for people, and the files themselves.

`data.json` is `{"about": {...}, "<room>": rows or {"<table>": rows}}`. The names of columns are the
database's, said in words in `README.txt`; references are keys of rows in the same file.
"""

import json
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from shop.communication.writing import write_letter
from shop.personal.columns import heading_of, keys_among, words_of
from shop.personal.models import DataExport
from shop.personal.purposes import controller
from shop.personal.registry import Person, Room, rooms
from shop.personal.rows import plain
from shop.users.models import User

State = DataExport.State
#: Shape of `data.json`. Raised when a reader of older files has to know.
FORMAT = 1
#: A request that nobody finished in this time is made anew, minutes.
STUCK_MINUTES = 30


def ask_for_export(user: User) -> DataExport:
    """Have the file made in the background; the one under way where there is one already."""
    try:
        with transaction.atomic():
            export = DataExport.objects.create(user=user)
    except IntegrityError:
        return DataExport.objects.get(user=user, state=State.ASKED)
    transaction.on_commit(lambda: make_export.enqueue(export.pk), robust=True)
    return export


@task()
def make_export(pk: int) -> None:
    """Background task: gather, write, tell. Done twice it is made once."""
    export = DataExport.objects.select_related("user").filter(pk=pk, state=State.ASKED).first()
    if export is None:
        return
    try:
        content = archive_of(Person.of(export.user))
    except Exception:
        DataExport.objects.filter(pk=pk).update(state=State.FAILED)
        raise
    now = timezone.now()
    export.expires_at = now + timedelta(days=settings.KEEP_DAYS["export"])
    export.ready_at, export.state = now, State.READY
    export.file.save("du-lieu.zip", ContentFile(content), save=False)
    with transaction.atomic():
        export.save()
        _tell(export)


def make_waiting() -> int:
    """The worker's: requests that a process died over. How many were made."""
    before = timezone.now() - timedelta(minutes=STUCK_MINUTES)
    stuck = DataExport.objects.filter(state=State.ASKED, asked_at__lt=before)
    keys = list(stuck.values_list("pk", flat=True)[:10])
    for key in keys:
        make_export.call(key)
    return len(keys)


def forget_old_exports() -> int:
    """Files past their time, and requests that failed, with their rows."""
    now = timezone.now()
    old = [
        *DataExport.objects.filter(expires_at__lt=now),
        *DataExport.objects.filter(
            state=State.FAILED, asked_at__lt=now - timedelta(days=settings.KEEP_DAYS["export"])
        ),
    ]
    for export in old:
        if export.file:
            export.file.delete(save=False)
        export.delete()
    return len(old)


def data_of(person: Person) -> dict[str, Any]:
    """Everything that every room holds about the person, as plain data."""
    return {
        "about": {
            "format": FORMAT,
            "controller": controller(),
            "email": person.email,
            "made_at": plain(timezone.now()),
            "law": "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; Nghị định 356/2025/NĐ-CP",
        },
        **{room.name: room.export(person) for room in rooms()},
    }


def archive_of(person: Person) -> bytes:
    """The ZIP, in the language of the account."""
    with override(person.user.language if person.user else settings.LANGUAGE_CODE):
        data = data_of(person)
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
            archive.writestr("doc-toi.html", page_of(data))
            archive.writestr("README.txt", words_of_keys(data))
            for room in rooms():
                for number, file in enumerate(room.files(person), start=1):
                    _add(archive, f"{room.name}/{number}-{PurePath(file.name).name}", file)
        return buffer.getvalue()


def page_of(data: dict[str, Any]) -> str:
    """The same for a person to read: a table for each kind of thing that there is."""
    parts = [
        {
            "title": room.title,
            "tables": [
                {"name": heading_of(room, name, rows), "rows": _readable(room, rows)}
                for name, rows in _tables(data[room.name])
            ],
        }
        for room in rooms()
    ]
    return render_to_string("personal/export.html", {"parts": parts, "about": data["about"]})


def words_of_keys(data: dict[str, Any]) -> str:
    """What each column in the file means, table by table."""
    lines = [
        _("Dữ liệu chúng tôi giữ về bạn."),
        _("data.json: cho máy đọc. doc-toi.html: cho người đọc. Thư mục: tệp bạn đã gửi."),
        "",
    ]
    for room in rooms():
        tables = _tables(data[room.name])
        if not tables:
            continue
        lines.append(f"[{room.name}] {room.title}")
        for name, rows in tables:
            place = f"{name}." if name else ""
            words = words_of(room, rows).items()
            lines.extend(f"  {place}{column}: {said}" for column, said in words)
        lines.append("")
    return "\n".join(lines)


def _tables(held: Any) -> list[tuple[str, list[dict[str, Any]]]]:
    """What a room tells, table by table, without empty ones."""
    tables = held if isinstance(held, dict) else {"": held}
    return [(name, rows) for name, rows in tables.items() if rows]


def _readable(room: Room, rows: list[dict[str, Any]]) -> list[list[tuple[str, Any]]]:
    words, keys = words_of(room, rows), keys_among(room, rows)
    return [[(words[name], row[name]) for name in row if name not in keys] for row in rows]


def _add(archive: zipfile.ZipFile, name: str, file: Any) -> None:
    """A file that is gone from the storage is left out; the row that names it is in the data."""
    try:
        with file.open("rb") as opened:
            archive.writestr(name, opened.read())
    except FileNotFoundError:
        return


def _tell(export: DataExport) -> None:
    user = export.user
    with override(user.language):
        link = settings.BASE_URL + reverse("customer:privacy")
    write_letter(
        "DATA_READY",
        to=user.email,
        context={"user": user, "at": export.expires_at, "link": link},
        language=user.language,
        user=user,
    )

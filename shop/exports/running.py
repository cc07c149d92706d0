"""Sheets are made in the background: asked for in a request, written by a worker.

With a task queue a task is sent as well as the worker's round waited for; whoever claims the job
first writes it, once.
"""

import logging
import tempfile
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files import File
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task
from openpyxl import Workbook

from shop.exports.models import ExportJob
from shop.exports.sheets import SHEETS, Sheet
from shop.invoices.export import cell_of

logger = logging.getLogger(__name__)

State = ExportJob.State
#: Rows read and written between two words about how far it is.
A_CHUNK = 500
#: A sheet of a spreadsheet has room for 1,048,576 rows.
MOST_ROWS = 1_000_000
_EVERY_SECONDS = 3600


def ask(kind: str, query: str, by: Any) -> ExportJob:
    """Have a sheet made. Asked again while the same one waits, it is the same one."""
    same = ExportJob.objects.filter(
        kind=kind, query=query, by=by, state__in=(State.WAITING, State.RUNNING)
    )
    if found := same.first():
        return found
    job = ExportJob.objects.create(kind=kind, query=query, by=by)
    if not settings.TASKS["default"]["BACKEND"].endswith("ImmediateBackend"):
        # With the immediate one the request would write the sheet itself.
        transaction.on_commit(lambda: make_sheet.enqueue(job.pk))
    return job


@task()
def make_sheet(pk: int) -> None:
    """One job, if nobody else has it."""
    job = ExportJob.objects.to_run().filter(pk=pk).first()
    if job is not None:
        run(job)


def run_waiting() -> int:
    """A job of the worker: the next sheet that somebody waits for, and old ones thrown away."""
    _drop_old_once_an_hour()
    job = ExportJob.objects.to_run().first()
    return int(job is not None and run(job))


def run(job: ExportJob) -> bool:
    """Write the sheet; False when another worker has it. What goes wrong is said on its page."""
    now = timezone.now()
    claimed = (
        ExportJob.objects.to_run()
        .order_by()
        .filter(pk=job.pk)
        .update(state=State.RUNNING, heard_at=now, rows_done=0)
    )
    if not claimed:
        return False
    try:
        with translation.override("vi"), tempfile.TemporaryFile() as file:
            _write(job, SHEETS[job.kind], file)
            name = f"{job.kind}-{timezone.localdate():%Y-%m-%d}.xlsx"
            job.file.save(name, File(file), save=False)
    except Exception:
        logger.exception("export %s failed", job.pk)
        ExportJob.objects.filter(pk=job.pk).update(
            state=State.FAILED, error=_("Có lỗi khi ghi bảng."), finished_at=timezone.now()
        )
        return True
    ExportJob.objects.filter(pk=job.pk).update(
        state=State.DONE,
        file=job.file.name,
        rows_done=job.rows_done,
        finished_at=timezone.now(),
    )
    return True


def _write(job: ExportJob, sheet: Sheet, file: Any) -> None:
    found = sheet.found(QueryDict(job.query))
    job.rows_total = min(found.count(), MOST_ROWS)
    ExportJob.objects.filter(pk=job.pk).update(rows_total=job.rows_total)
    book = Workbook(write_only=True)
    page = book.create_sheet(str(sheet.label))
    page.freeze_panes = "A2"
    page.append([cell_of(page, name) for name in sheet.head()])
    job.rows_done = 0
    for chunk in _chunks(found, sheet):
        for thing in chunk:
            page.append([cell_of(page, value) for value in sheet.row(thing)])
        job.rows_done += len(chunk)
        ExportJob.objects.filter(pk=job.pk).update(rows_done=job.rows_done, heard_at=timezone.now())
        if job.rows_done >= MOST_ROWS:
            break
    book.save(file)
    file.seek(0)


def _chunks(found: Any, sheet: Sheet) -> Iterator[list[Any]]:
    """By key, so that neither memory nor a page's offset grows with the rows."""
    last = 0
    while True:
        keys = list(found.order_by("pk").filter(pk__gt=last).values_list("pk", flat=True)[:A_CHUNK])
        if not keys:
            return
        last = keys[-1]
        yield list(sheet.loaded(found.model._default_manager.filter(pk__in=keys)).order_by("pk"))


def _drop_old_once_an_hour() -> None:
    if cache.add("exports-drop-old", 1, _EVERY_SECONDS):
        drop_old()


def drop_old() -> int:
    """Files and their jobs after a week; how many went."""
    gone = 0
    for job in ExportJob.objects.too_old():
        if job.file:
            job.file.delete(save=False)
        job.delete()
        gone += 1
    return gone

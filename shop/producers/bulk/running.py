"""Looking through a price list and applying it, in the background."""

import io
import zipfile
from pathlib import PurePath
from typing import Any

import tablib
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task
from openpyxl import load_workbook

from shop.producers.bulk.resource import COLUMN_OF, COLUMNS, PriceListResource
from shop.producers.models import ImportRun

#: Rows in one file: a district's cooperative has hundreds of things, not thousands.
MOST_ROWS = 2_000
#: Columns of a list, and bytes of a workbook when it is unpacked.
MOST_COLUMNS = 40
MOST_UNPACKED = 30_000_000
#: How long progress is remembered, seconds.
REMEMBERED = 600


def read(name: str, content: bytes) -> tablib.Dataset:
    """The rows of an XLSX or CSV file. Raises ValidationError, in words, when it is neither."""
    ending = PurePath(name).suffix.lower()
    try:
        if ending == ".csv":
            dataset = tablib.Dataset().load(content.decode("utf-8-sig"), format="csv")
        elif ending == ".xlsx":
            dataset = _workbook(content)
        else:
            raise ValidationError(_("Hãy chọn tệp XLSX hoặc CSV."))
    except ValidationError:
        raise
    except Exception as error:  # many kinds, by what is wrong with the file
        raise ValidationError(_("Không đọc được tệp này. Hãy lưu lại bằng XLSX.")) from error
    headers = [" ".join(str(each or "").split()) for each in dataset.headers or []]
    rows = [
        row
        for row in (list(each[: len(headers)]) for each in dataset)
        if any(str(cell or "").strip() for cell in row)
    ]
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("Bảng quá 2.000 dòng. Hãy chia làm nhiều tệp."))
    if not rows:
        raise ValidationError(_("Bảng không có dòng nào."))
    return tablib.Dataset(*rows, headers=headers)


def _workbook(content: bytes) -> tablib.Dataset:
    """The first sheet, as far as a list may reach.

    A small file can claim a sheet of billions of cells, or unpack to gigabytes: the size is asked
    before anything is unpacked, and cells are read row by row.
    """
    packed = zipfile.ZipFile(io.BytesIO(content))
    if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
        raise ValidationError(_("Tệp quá lớn khi mở ra. Hãy chép riêng bảng ra một tệp mới."))
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
    head, *cells = [list(row) for row in rows] or [[]]
    while head and head[-1] is None:
        head.pop()
    padded = [(row + [None] * len(head))[: len(head)] for row in cells]
    return tablib.Dataset(*padded, headers=head)


def price_list(producer: Any, by: Any) -> tablib.Dataset:
    """What a producer has now, to be changed and handed back."""
    resource = PriceListResource(producer, by)
    rows = [resource.export_resource(record) for record in resource.get_queryset()]
    return tablib.Dataset(*rows, headers=list(COLUMNS), title=_("Giá và kho"))


def progress_of(run: ImportRun) -> int:
    """Rows done so far."""
    done: int = cache.get(_key(run.pk), 0)
    return done


@task()
def look_through(run_id: int, language: str) -> None:
    """Say what each row would do, and do nothing."""
    with override(language):
        _run(run_id, ImportRun.State.CHECKING, dry_run=True)


@task()
def write_down(run_id: int, language: str) -> None:
    """Do what was looked through: all of it, or nothing when a row fails by now."""
    with override(language):
        _run(run_id, ImportRun.State.APPLYING, dry_run=False)


def begin_to_apply(run: ImportRun) -> bool:
    """Whether this call is the one that applies it: a second click is not."""
    done = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.CHECKED).update(
        state=ImportRun.State.APPLYING
    )
    return bool(done)


def _run(run_id: int, state: str, *, dry_run: bool) -> None:
    run = ImportRun.objects.select_related("producer", "by").get(pk=run_id)
    if run.state != state:
        return
    resource = PriceListResource(
        run.producer, run.by, lambda done: cache.set(_key(run.pk), done, REMEMBERED)
    )
    with run.file.open("rb") as file:
        content = file.read()
    try:
        dataset = read(run.file.name or "", content)
        result = resource.import_data(dataset, dry_run=dry_run, raise_errors=False)
    except ValidationError as error:
        _finish(run, ImportRun.State.REFUSED, [_said(0, "error", error.messages)])
        return
    report = [_said(0, "error", [str(each.error)]) for each in result.base_errors]
    for number, row in enumerate(result.rows, start=1):
        # The first row of the file is its head.
        report.append(_told(number, row, resource.words.get(number, [])))
    failed = any(each["kind"] == "error" for each in report)
    good = ImportRun.State.CHECKED if dry_run else ImportRun.State.APPLIED
    _finish(run, ImportRun.State.REFUSED if failed else good, report)


def _told(number: int, row: Any, words: list[str]) -> dict[str, Any]:
    if row.errors:
        sentences = [
            sentence
            for each in row.errors
            for sentence in (
                _sentences(each.error)
                if isinstance(each.error, ValidationError)
                else [str(each.error)]
            )
        ]
        return _said(number + 1, "error", sentences)
    if row.is_invalid():
        return _said(number + 1, "error", _sentences(row.validation_error))
    if not words:
        return _said(number + 1, "same", [_("Không đổi.")])
    return _said(number + 1, "new" if row.is_new() else "update", words)


def _sentences(error: ValidationError) -> list[str]:
    if hasattr(error, "error_dict"):
        return [
            f"{COLUMN_OF.get(name, name)}: {sentence}" if name != "__all__" else sentence
            for name, sentences in error.message_dict.items()
            for sentence in sentences
        ]
    return list(error.messages)


def _said(row: int, kind: str, words: list[str]) -> dict[str, Any]:
    return {"row": row, "kind": kind, "words": " ".join(words)}


@transaction.atomic
def _finish(run: ImportRun, state: str, report: list[dict[str, Any]]) -> None:
    run.state, run.report, run.total = state, report, len(report)
    if state == ImportRun.State.APPLIED:
        run.applied_at = timezone.now()
    run.save()


def _key(run_id: int) -> str:
    return f"import-run:{run_id}"

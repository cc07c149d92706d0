"""Bank statements as files: CSV or XLSX, whatever columns a bank gives them.

For shops without a teller: the clerk downloads the statement, the shop finds the orders. Importing
the same file again, or one that overlaps, changes nothing.
"""

import csv
import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.text import fold
from shop.payment.models import MoneyReceived, StatementMapping
from shop.payment.notes import numbers_in
from shop.payment.receiving import Incoming, known, receive

PROVIDER = "statement"
METHODS = ("vietqr",)
HO_CHI_MINH = ZoneInfo("Asia/Ho_Chi_Minh")
#: Longest file, bytes, and most rows of one import.
MOST_BYTES, MOST_ROWS = 5 * 1024 * 1024, 10_000
#: An XLSX may unpack to so much, bytes: more is a bomb.
MOST_UNPACKED = 100 * 1024 * 1024
#: Columns that are looked at.
MOST_COLUMNS = 60
#: The header is looked for in so many first rows: banks put their name and period above it.
HEADER_WITHIN = 30

#: What a column can be, with words that banks head it by (folded).
COLUMNS: dict[str, tuple[str, ...]] = {
    "date": (
        "ngay giao dich",
        "ngay hieu luc",
        "ngay hach toan",
        "transaction date",
        "ngay",
        "date",
    ),
    "amount": ("so tien ghi co", "phat sinh co", "ghi co", "credit", "so tien", "amount", "co"),
    "note": ("noi dung giao dich", "noi dung", "dien giai", "mo ta", "description", "remark"),
    "reference": ("so but toan", "ma giao dich", "so tham chieu", "reference", "so ct", "ref"),
}
LABELS = {
    "date": gettext_lazy("Ngày"),
    "amount": gettext_lazy("Tiền vào"),
    "note": gettext_lazy("Nội dung"),
    "reference": gettext_lazy("Mã giao dịch"),
}
NEEDED = ("date", "amount", "note")


class Unreadable(Exception):
    """This file is no statement. The message is for the person who sent it."""


@dataclass(frozen=True)
class Table:
    """A file's header and rows as text; `signature` names its kind of header."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def signature(self) -> str:
        return hashlib.sha256("\x1f".join(map(fold, self.header)).encode()).hexdigest()


@dataclass
class Row:
    """One line of a statement: the sum to receive, or why it cannot be read."""

    number: int
    incoming: Incoming | None = None
    trouble: str = ""
    is_known: bool = False


@dataclass
class Report:
    """What an import would do, or did. `outcomes` counts states and reasons."""

    rows: list[Row] = field(default_factory=list)
    money: list[MoneyReceived] = field(default_factory=list)

    @property
    def new(self) -> list[Row]:
        return [row for row in self.rows if row.incoming and not row.is_known]

    @property
    def troubled(self) -> list[Row]:
        return [row for row in self.rows if row.trouble]

    @property
    def known(self) -> int:
        return sum(row.is_known for row in self.rows)


# --- Reading ------------------------------------------------------------------------------------


def read_table(name: str, content: bytes) -> Table:
    """The header and rows of a file. Raises Unreadable in words for the clerk."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("Tệp lớn quá 5 MB."))
    is_xlsx = content[:4] == b"PK\x03\x04"
    if not is_xlsx and b"\x00" in content[:1000]:
        raise Unreadable(_("Chỉ đọc được CSV và XLSX. Hãy lưu tệp lại thành một trong hai loại."))
    try:
        lines = list(_xlsx_lines(content) if is_xlsx else _csv_lines(content))
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(_("Không đọc được tệp này: tệp hỏng hoặc có mật khẩu.")) from error
    return _with_header(lines)


def _xlsx_lines(content: bytes) -> Iterator[tuple[str, ...]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise Unreadable(_("Tệp bung ra quá lớn."))
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        # A file of kilobytes can claim rows of 16,384 cells; no bank has as many columns.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        for number, row in enumerate(rows):
            if number > MOST_ROWS + HEADER_WITHIN:
                raise Unreadable(_("Tệp có quá nhiều dòng: hãy chia theo tháng."))
            yield tuple(_as_text(cell) for cell in row)
    finally:
        book.close()


def _csv_lines(content: bytes) -> Iterator[tuple[str, ...]]:
    for encoding in ("utf-8-sig", "cp1258", "latin-1"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    separator = max(",;\t", key=text[:5000].count)
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=separator)):
        if number > MOST_ROWS + HEADER_WITHIN:
            raise Unreadable(_("Tệp có quá nhiều dòng: hãy chia theo tháng."))
        yield tuple(cell.strip() for cell in row)


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _with_header(lines: Sequence[tuple[str, ...]]) -> Table:
    """The row that names most columns is the header; rows after it that say anything are rows."""
    best = max(
        range(min(len(lines), HEADER_WITHIN)),
        key=lambda place: len(guess(lines[place])),
        default=None,
    )
    if best is None or len(guess(lines[best])) < 2:
        raise Unreadable(_("Không thấy dòng tên cột (ngày, số tiền, nội dung)."))
    rows = tuple(
        (number, line) for number, line in enumerate(lines[best + 1 :], start=best + 2) if any(line)
    )
    return Table(lines[best], rows)


def guess(header: Sequence[str]) -> dict[str, int]:
    """Which column is what, by its words; the most telling word wins."""
    folded = [fold(name) for name in header]
    found: dict[str, int] = {}
    for kind, words in COLUMNS.items():
        for word in words:
            exact = [n for n, name in enumerate(folded) if name == word]
            near = [n for n, name in enumerate(folded) if len(word) > 3 and word in name]
            if free := [n for n in exact + near if n not in found.values()]:
                found[kind] = free[0]
                break
    return found


def columns_for(table: Table) -> dict[str, int]:
    """What was chosen for such a header before, else a guess."""
    kept = StatementMapping.objects.filter(signature=table.signature).first()
    if kept is not None:
        return {kind: place for kind, place in kept.columns.items() if kind in COLUMNS}
    return guess(table.header)


def remember_columns(table: Table, columns: Mapping[str, int]) -> None:
    StatementMapping.objects.update_or_create(
        signature=table.signature, defaults={"columns": dict(columns)}
    )


# --- Rows to sums -------------------------------------------------------------------------------


def plan(table: Table, columns: Mapping[str, int]) -> Report:
    """What importing would do; writes nothing. Raises Unreadable while a needed column is open."""
    if missing := [str(LABELS[kind]) for kind in NEEDED if kind not in columns]:
        raise Unreadable(_("Hãy chọn cột: %(names)s.") % {"names": ", ".join(missing)})
    twins: Counter[str] = Counter()
    report = Report()
    for number, cells in table.rows:
        row = _row(number, cells, columns, twins)
        if row is not None:
            report.rows.append(row)
    for row in report.rows:
        row.is_known = row.incoming is not None and known(row.incoming) is not None
    return report


def import_rows(report: Report, *, by: Any) -> Report:
    """Receive every new row; each is safe by itself, so the whole may be done again."""
    for row in report.new:
        assert row.incoming is not None
        report.money.append(receive(row.incoming, by=by))
    return report


def _row(
    number: int, cells: Sequence[str], columns: Mapping[str, int], twins: Counter[str]
) -> Row | None:
    """None for rows that are no money in: withdrawals, sums at the foot."""

    def cell(kind: str) -> str:
        place = columns.get(kind, -1)
        return cells[place].strip() if 0 <= place < len(cells) else ""

    if not cell("amount") or (not cell("date") and not cell("note")):
        return None
    try:
        amount = read_amount(cell("amount"))
        if amount <= 0:
            return None
        booked_at = read_moment(cell("date"))
    except ValueError as error:
        # A total at the foot has an amount and no date; it names no order either.
        if not cell("date") and not numbers_in(cell("note")):
            return None
        return Row(number, trouble=str(error))
    reference = cell("reference")
    if not reference:
        facts = f"{booked_at.isoformat()}|{amount}|{cell('note')}"
        # Two transfers of the same sum and words on one day are two.
        twins[facts] += 1
        reference = hashlib.sha256(f"{facts}|{twins[facts]}".encode()).hexdigest()[:32]
    return Row(
        number,
        Incoming(
            provider=PROVIDER,
            reference=reference[:255],
            amount=amount,
            booked_at=booked_at,
            note=cell("note")[:500],
            methods=METHODS,
        ),
    )


def read_amount(text: str) -> Decimal:
    """`1.250.000`, `1,250,000.00`, `1250000 VND`, `-5.000`: whole đồng. Raises ValueError."""
    plain = re.sub(r"(?i)vn[dđ]|đ|₫|\s|\+", "", text)
    # What stands after the last mark is a fraction only when it has not three digits.
    plain = re.sub(r"[.,](\d{1,2})$", lambda end: "" if not int(end[1]) else "!", plain)
    plain = re.sub(r"(?<=\d)[.,](?=\d{3})", "", plain)
    try:
        if not re.fullmatch(r"-?[0-9]{1,13}", plain, re.ASCII):
            raise InvalidOperation
        return Decimal(plain)
    except InvalidOperation:
        raise ValueError(_("“%(text)s” không phải số tiền.") % {"text": text}) from None


_DAY_FIRST = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\D+(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)


def read_moment(text: str) -> datetime:
    """`24/11/2026`, `24/11/2026 14:02:37` or ISO 8601, in Việt Nam. Raises ValueError."""
    try:
        if found := _DAY_FIRST.match(text):
            day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
            moment = datetime(year, month, day, hour, minute, second)
        else:
            moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(_("“%(text)s” không phải ngày.") % {"text": text}) from None
    return moment.replace(tzinfo=HO_CHI_MINH) if moment.tzinfo is None else moment

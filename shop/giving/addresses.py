"""A list of recipients as a sheet: the one to fill in, and what is read of it, row by row."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from catalogue.text import fold
from shop.invoices.export import safe_text
from shop.phone import display_phone, normalise_phone
from shop.places.finding import PlaceFinder
from shop.places.models import Ward
from shop.producers.bulk.running import read

NAME, PHONE, PROVINCE, WARD = "Họ và tên", "Điện thoại", "Tỉnh/thành phố", "Xã/phường"
STREET, QUANTITY, GREETING = "Địa chỉ", "Số hộp", "Lời chúc"
COLUMNS = (NAME, PHONE, PROVINCE, WARD, STREET, QUANTITY, GREETING)
LENGTHS = {NAME: 150, STREET: 200, GREETING: 400}
MOST_BOXES_EACH = 10_000
#: Digits of a mobile number whose leading zero a spreadsheet took for nothing.
WITHOUT_ZERO = 9
#: Faults that a person reads at once; mended, the rest is shown.
MOST_TOLD = 30
_EXAMPLE = (
    *("Nguyễn Thị Hoa", "0912 345 678", "Bắc Ninh", "Xã Bắc Lũng", "Thôn Nội Chùa", 2),
    "Chúc mừng năm mới!",
)


@dataclass(frozen=True)
class ListedAddress:
    """One row that is sound. `row` is its number in the file."""

    row: int
    name: str
    phone: str
    ward: Ward
    street: str
    quantity: int
    greeting: str

    @property
    def phone_text(self) -> str:
        return display_phone(self.phone)


@dataclass
class AddressList:
    """What a file holds: rows that are sound, and sentences about those that are not."""

    rows: list[ListedAddress] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def boxes(self) -> int:
        return sum(row.quantity for row in self.rows)

    @property
    def told_faults(self) -> list[str]:
        """The first faults, and how many more there are."""
        more = len(self.faults) - MOST_TOLD
        told = self.faults[:MOST_TOLD]
        return [*told, _("Còn %(n)s dòng nữa cần sửa.") % {"n": more}] if more > 0 else told


def read_addresses(name: str, content: bytes) -> AddressList:
    """Look through a file and write nothing. Raises ValidationError when it cannot be read."""
    dataset = read(name, content)
    places = {fold(str(head)): number for number, head in enumerate(dataset.headers or [])}
    lacking = [column for column in COLUMNS[:-1] if fold(column) not in places]
    if lacking:
        raise ValidationError(
            _("Bảng thiếu cột: %(names)s. Hãy tải bảng mẫu rồi điền.")
            % {"names": ", ".join(lacking)}
        )
    finder, found = PlaceFinder(), AddressList()
    for number, cells in enumerate(dataset, start=2):
        row = {
            column: _text(cells[places[fold(column)]]) if fold(column) in places else ""
            for column in COLUMNS
        }
        _read_row(number, row, finder, found)
    return found


def _read_row(number: int, row: dict[str, str], finder: PlaceFinder, found: AddressList) -> None:
    faults: list[str] = []

    def checked(column: str, reading: Any) -> Any:
        try:
            return reading(row[column])
        except ValidationError as fault:
            faults.append(f"{column}: {' '.join(fault.messages)}")
            return None

    for column in (NAME, STREET):
        if not row[column]:
            faults.append(_("%(column)s còn trống.") % {"column": column})
    for column, most in LENGTHS.items():
        if len(row[column]) > most:
            faults.append(_("%(column)s dài quá %(most)s chữ.") % {"column": column, "most": most})
    phone = checked(PHONE, _phone)
    province = checked(PROVINCE, finder.province)
    ward = province and checked(WARD, lambda typed: finder.ward(typed, province))
    quantity = checked(QUANTITY, _quantity)
    if faults:
        told = {"n": number, "words": " ".join(faults)}
        found.faults.append(_("Dòng %(n)s. %(words)s") % told)
        return
    found.rows.append(
        ListedAddress(number, row[NAME], phone, ward, row[STREET], quantity, row[GREETING])
    )


def _phone(typed: str) -> str:
    if typed.isascii() and typed.isdigit() and len(typed) == WITHOUT_ZERO:
        typed = f"0{typed}"
    return normalise_phone(typed)


def _quantity(typed: str) -> int:
    is_short = len(typed) <= len(str(MOST_BOXES_EACH))
    if not (is_short and typed.isascii() and typed.isdigit() and int(typed) >= 1):
        raise ValidationError(_("hãy ghi một số nguyên từ 1."))
    return min(int(typed), MOST_BOXES_EACH)


def _text(value: Any) -> str:
    """A cell as a person reads it: `912345678.0` of a spreadsheet is a whole number."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str("" if value is None else value).replace("\x00", "").split()).lstrip("'")


def blank_sheet() -> bytes:
    """The sheet to fill in, with an example on a second one."""
    book = Workbook()
    for title, rows in ((_("Danh sách"), []), (_("Ví dụ"), [_EXAMPLE])):
        sheet = book.create_sheet(title)
        sheet.append(COLUMNS)
        for row in rows:
            sheet.append(row)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
            sheet.column_dimensions[cell.column_letter].width = 24
        # As text, so that a number keeps its leading zero.
        sheet.column_dimensions["B"].number_format = "@"
    book.remove(book.worksheets[0])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(rows: Iterable[Any]) -> bytes:
    """Recipients as they were read, in the columns of the sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Danh sách"))
    sheet.append(COLUMNS)
    for row in rows:
        ward = row.ward
        texts = (row.name, row.phone, ward.province.full_name, ward.full_name, row.street)
        cells: list[Any] = [safe_text(text) for text in texts]
        sheet.append([*cells, row.quantity, safe_text(row.greeting)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()

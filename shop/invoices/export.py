"""Requests for invoices as a spreadsheet, for the accountant."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from shop.invoices.models import InvoiceRequest

#: A text that begins so may be run as a formula once somebody saves the sheet as CSV.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_text(text: str) -> str:
    """`text` as a spreadsheet shows it and never computes it (OWASP, CSV injection)."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def workbook_of(requests: Iterable[InvoiceRequest]) -> bytes:
    """One row a request, as XLSX. Sums are numbers, days are days, all else is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Yêu cầu xuất hóa đơn"))
    sheet.append(
        [
            _("Đơn hàng"),
            _("Ngày đặt"),
            _("Tổng tiền, đồng"),
            _("Tên đơn vị hoặc người mua"),
            _("Mã số thuế"),
            _("Địa chỉ"),
            _("Email nhận hóa đơn"),
            _("Trạng thái đơn"),
            _("Trạng thái"),
            _("Ký hiệu và số hóa đơn"),
            _("Ngày lập hóa đơn"),
            _("Lý do không xuất"),
        ]
    )
    for each in requests:
        order = each.order
        row = [
            order.number,
            timezone.localdate(order.date_placed),
            int(order.total_incl_tax),
            each.company_name,
            each.tax_code,
            each.address,
            each.email,
            order.status,
            each.get_status_display(),
            each.number,
            each.issued_on,
            each.note,
        ]
        sheet.append([cell_of(sheet, value) for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def cell_of(sheet: Any, value: Any) -> Any:
    """A value for a write-only sheet: text stays text and is never computed."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=safe_text(value))
    # Said to be text, so that a leading zero stays and nothing is computed.
    cell.data_type = "s"
    cell.number_format = "@"
    return cell

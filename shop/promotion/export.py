"""Numbers as a spreadsheet."""

from collections.abc import Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from shop.invoices.export import safe_text
from shop.promotion.numbers import Numbers


def workbook_of(title: str, numbers: Numbers, codes: Sequence[tuple[str, int, int]] = ()) -> bytes:
    """One row a day, then the codes (code, orders, đồng). Days are days, sums are numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Số liệu"))
    sheet.column_dimensions["A"].width = 24
    name = WriteOnlyCell(sheet, value=safe_text(title))
    # Said to be text: a name that begins like a formula stays a name.
    name.data_type = "s"
    sheet.append([name])
    sheet.append([_("Ngày"), _("Lượt xem"), _("Bỏ vào giỏ"), _("Đơn"), _("Doanh thu, đồng")])
    for day in numbers.days:
        sheet.append([day.day, day.views, day.added, day.orders, int(day.revenue)])
    total = numbers.total
    sheet.append([_("Cộng"), total.views, total.added, total.orders, int(total.revenue)])
    if codes:
        sheet.append([])
        sheet.append([_("Mã"), "", "", _("Đơn"), _("Doanh thu, đồng")])
        for code, orders, revenue in codes:
            sheet.append([safe_text(code), "", "", orders, revenue])
    out = BytesIO()
    book.save(out)
    return out.getvalue()

"""The programme's report as a spreadsheet: four sheets, no buyer in any."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from shop.invoices.export import cell_of
from shop.programme.dossiers import LABELS, Dossier, by_commune, place_of
from shop.programme.progress import Progress
from shop.programme.sales import Sale


def workbook_of(
    dossiers: list[Dossier], plans: list[Progress], sales: list[Sale], year: int
) -> bytes:
    """Certificates, communes, plans, and sales of `year` by product and month."""
    book = Workbook(write_only=True)
    _sheet(book, _("Hồ sơ, chứng nhận"), _certificate_head(), map(_certificate_row, dossiers))
    _sheet(
        book,
        _("Theo xã, phường"),
        [_("Xã, phường"), _("Xã cũ (trước 7/2025)"), *map(str, LABELS.values())],
        (
            [row.present or _("Chưa công bố"), "; ".join(row.former), *row.counts.values()]
            for row in by_commune(dossiers)
        ),
    )
    _sheet(book, _("Kế hoạch"), _plan_head(), map(_plan_row, plans))
    _sheet(
        book,
        _("Bán %(year)s") % {"year": year},
        [_("Nhà sản xuất"), _("Món"), _("Tháng"), _("Số lượng"), _("Doanh thu, đồng")],
        (
            [sale.producer, sale.product, sale.month, sale.quantity, int(sale.revenue)]
            for sale in sales
        ),
    )
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Any, title: str, head: list[str], rows: Iterable[list[Any]]) -> None:
    page = book.create_sheet(title)
    page.freeze_panes = "A2"
    for row in (head, *rows):
        page.append([cell_of(page, value) for value in row])


def _certificate_head() -> list[str]:
    return [
        _("Sản phẩm"),
        _("Nhà sản xuất"),
        _("Xã, phường"),
        _("Xã cũ (trước 7/2025)"),
        _("Loại hồ sơ"),
        _("Năm đăng ký"),
        _("Tình trạng"),
        _("Hạng sao"),
        _("Số quyết định"),
        _("Ngày quyết định"),
        _("Cơ quan cấp"),
        _("Hết hiệu lực"),
        _("Còn lại, ngày"),
        _("Nguồn"),
    ]


def _certificate_row(dossier: Dossier) -> list[Any]:
    row, product = dossier.certificate, dossier.product
    present, former = place_of(product)
    producer = product.canonical.producer
    return [
        product.get_title(),
        producer.name if producer else "",
        present,
        former,
        row.get_dossier_display(),
        row.registered_year,
        str(dossier.label),
        dossier.stars or None,
        row.decision_number,
        row.decided_on,
        row.issuer,
        row.ends_on,
        dossier.days_left,
        row.source,
    ]


def _plan_head() -> list[str]:
    return [
        _("Năm"),
        _("Nơi lập kế hoạch"),
        _("Mới từ 3 sao, tối thiểu"),
        _("Mới: đã đăng ký"),
        _("Mới: đã công nhận"),
        _("Đánh giá lại, kế hoạch"),
        _("Đánh giá lại: đã đăng ký"),
        _("Đánh giá lại: đã công nhận"),
        _("Nguồn"),
    ]


def _plan_row(progress: Progress) -> list[Any]:
    plan = progress.plan
    return [
        plan.year,
        plan.place,
        progress.new.planned,
        progress.new.registered,
        progress.new.recognised,
        progress.again.planned,
        progress.again.registered,
        progress.again.recognised,
        plan.source,
    ]

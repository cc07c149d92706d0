"""A producer's month: what was owed, what happened, what is owed now. As page, XLSX and PDF."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import typst
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from catalogue.money import format_dong
from shop.invoices.export import safe_text
from shop.order.models import Line, Parcel
from shop.partner.models import Partner
from shop.printing import fonts
from shop.settlements.models import Entry
from shop.settlements.months import next_month, start_of

TEMPLATE = Path(__file__).parent / "statement.typ"
ON_THE_WAY = (Parcel.Status.NEW, Parcel.Status.PACKING, Parcel.Status.SHIPPED)


@dataclass(frozen=True)
class Statement:
    """One month of one producer. `opening` + the sums = `closing`, đồng."""

    producer: Partner
    first: date
    opening: Decimal
    sums: list[tuple[str, Decimal]]
    entries: list[Entry]
    closing: Decimal

    @property
    def name(self) -> str:
        return f"{self.first:%Y-%m}"


def statement_of(producer: Partner, first: date) -> Statement:
    """The month that begins on `first`, in two queries."""
    own = Entry.objects.of(producer)
    begins, ends = start_of(first), start_of(next_month(first))
    entries = list(
        own.filter(at__gte=begins, at__lt=ends).select_related("parcel__order", "payout")
    )
    opening = own.filter(at__lt=begins).balance()
    totals: dict[str, Decimal] = {}
    for entry in entries:
        totals[entry.kind] = totals.get(entry.kind, Decimal(0)) + entry.amount
    sums = [(str(kind.label), totals[kind]) for kind in Entry.Kind if kind in totals]
    return Statement(
        producer, first, opening, sums, entries, opening + sum(totals.values(), Decimal(0))
    )


def owed_now(producer: Partner) -> Decimal:
    """What the shop owes today, đồng; below nought the producer owes the shop."""
    return Entry.objects.of(producer).balance()


def on_the_way(producer: Partner) -> Decimal:
    """Goods in parcels that are not delivered yet, before the shop's share, đồng."""
    lines = Line.objects.filter(
        parcel__producer=producer,
        parcel__status__in=ON_THE_WAY,
        order__status__in=("placed", "packing", "shipped"),
    )
    total: Decimal | None = lines.aggregate(t=Sum("line_price_before_discounts_incl_tax"))["t"]
    return total or Decimal(0)


def workbook_of(statement: Statement) -> bytes:
    """As XLSX: sums are numbers, days are days, all else is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Sao kê"))
    sheet.append([_("Ngày"), _("Khoản"), _("Kiện"), _("Diễn giải"), _("Số tiền, đồng")])
    sheet.append([statement.first, _("Số dư đầu tháng"), "", "", int(statement.opening)])
    for entry in statement.entries:
        sheet.append(
            [
                timezone.localdate(entry.at),
                entry.get_kind_display(),
                str(entry.parcel) if entry.parcel else "",
                safe_text(entry.words),
                int(entry.amount),
            ]
        )
    sheet.append(["", _("Số dư cuối tháng"), "", "", int(statement.closing)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def pdf_of(statement: Statement) -> bytes:
    """As PDF, for the producer's own books; it is no invoice and does not say so."""
    producer = statement.producer
    told = {
        "title": _("Sao kê tiền hàng tháng %(month)s") % {"month": f"{statement.first:%m/%Y}"},
        "producer": str(producer),
        "tax_code": producer.tax_code,
        "opening": [_("Số dư đầu tháng"), format_dong(statement.opening)],
        "sums": [[label, format_dong(amount)] for label, amount in statement.sums],
        "closing": [_("Số dư cuối tháng"), format_dong(statement.closing)],
        "head": [_("Ngày"), _("Khoản"), _("Kiện"), _("Diễn giải"), _("Số tiền")],
        "rows": [
            [
                f"{timezone.localdate(entry.at):%d/%m/%Y}",
                entry.get_kind_display(),
                str(entry.parcel) if entry.parcel else "",
                entry.words,
                format_dong(entry.amount),
            ]
            for entry in statement.entries
        ],
        "foot": _("Sao kê nội bộ giữa cửa hàng và nhà cung cấp, không phải hóa đơn."),
    }
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=fonts(),
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
        format="pdf",
        timestamp=0,
    )

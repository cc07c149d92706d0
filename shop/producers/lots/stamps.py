"""Stamps for a lot: sheets of labels on A4 with the code that opens its trace page."""

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from catalogue.models import Lot
from catalogue.trace import stamped_path
from shop.printing import fonts

TEMPLATE = Path(__file__).parent / "stamps.typ"
MOST_STAMPS = 1000


@dataclass(frozen=True)
class Layout:
    """Labels on A4: columns and rows, sizes and margins in millimetres, letters in points.

    `qr` is the side of the code with its white border; 20 mm is what every phone reads.
    """

    name: Any
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    qr: float
    letters: float


LAYOUTS = {
    "24": Layout(gettext_lazy("24 tem một tờ (70 × 37 mm)"), 3, 8, 70, 37, 0, 0.5, 30, 7.5),
    "65": Layout(gettext_lazy("65 tem một tờ (38 × 21 mm)"), 5, 13, 38.1, 21.2, 9.75, 10.7, 20, 4),
}  # fmt: skip


def trace_address(lot: Lot) -> str:
    """What the code says: GS1 Digital Link with a GTIN, else the Vietnamese trace page."""
    with override("vi"):
        return settings.BASE_URL + stamped_path(lot)


def stamps_pdf(lot: Lot, layout: str, number: int) -> bytes:
    """`number` alike labels of a lot. Raises KeyError for an unknown layout."""
    chosen = LAYOUTS[layout]
    drawn = io.BytesIO()
    segno.make(trace_address(lot), error="m", micro=False).save(
        drawn, kind="svg", border=2, xmldecl=False, svgns=True
    )
    sheet = {
        name: getattr(chosen, name)
        for name in ("columns", "rows", "width", "height", "left", "top", "qr", "letters")
    }
    with override("vi"):
        inputs = {
            "sheet": json.dumps(sheet),
            "number": str(number),
            "qr": drawn.getvalue().decode(),
            "title": lot.product.get_title(),
            "lines": json.dumps(_lines(lot), ensure_ascii=False),
        }
    # Neither the machine's fonts nor its clock have a say: the same lot gives the same sheet.
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=fonts(),
        sys_inputs=inputs,
        format="pdf",
        timestamp=0,
    )


def _lines(lot: Lot) -> list[str]:
    producer = lot.product.producer
    rows = [
        _("Lô %(code)s") % {"code": lot.code},
        _("NSX %(day)s") % {"day": date_format(lot.produced_on, "d/m/Y")},
        _("HSD %(day)s") % {"day": date_format(lot.best_before, "d/m/Y")}
        if lot.best_before
        else "",
        str(producer) if producer else "",
        _("Dữ liệu mẫu") if lot.is_sample else "",
    ]
    return [row for row in rows if row]

"""Papers that go with a parcel: the label outside, the slip inside. Set by typst, in our fonts."""

import io
import json
from pathlib import Path

import segno
import typst
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.money import format_dong
from shop.order.models import Parcel, Recipient
from shop.payment.cash import to_collect
from shop.printing import fonts
from shop.producers.parcels.contents import Item, groups_of
from shop.shipping.ways import way_of

FOLDER = Path(__file__).parent


def label_pdf(parcel: Parcel) -> bytes:
    """A6 for the outside: to whom, from whom, what the carrier collects. No goods are named."""
    with override("vi"):
        collect = _to_collect(parcel)
    return _set(parcel, "label.typ", collect=collect)


def slip_pdf(parcel: Parcel) -> bytes:
    """A5 for the inside: what is in it, from which lot. No prices: it may be a gift."""
    lines = parcel.lines.select_related("lot", "box__product__parent", "product__parent")
    with override("vi"):
        groups = [
            {"title": group.title, "rows": [_row(item) for item in group.items]}
            for group in groups_of(lines)
        ]
    return _set(parcel, "slip.typ", groups=groups)


def _row(item: Item) -> list[str]:
    line = item.line
    return [item.title, line.net_note, line.lot.code if line.lot else "", str(line.quantity)]


def _to_collect(parcel: Parcel) -> str:
    """What is paid at the door, in words; the parcel's own part of the order."""
    collect = to_collect(parcel)
    if not collect:
        return _("Không thu tiền")
    return _("Thu hộ: %(sum)s") % {"sum": format_dong(collect)}


def _wished(recipient: Recipient | None) -> str:
    if recipient is None or recipient.deliver_on is None:
        return ""
    day = date_format(recipient.deliver_on, "SHORT_DATE_FORMAT")
    return _("Muốn nhận ngày %(day)s") % {"day": day}


def _set(parcel: Parcel, template: str, **facts: object) -> bytes:
    order, producer = parcel.order, parcel.producer
    address, recipient = parcel.address, parcel.recipient
    code = io.BytesIO()
    segno.make(str(parcel), error="m", micro=False).save(
        code, kind="svg", border=1, xmldecl=False, svgns=True
    )
    with override("vi"):
        told = {
            "parcel": str(parcel),
            "to": {
                "name": address.first_name,
                "phone": address.phone_text,
                "lines": [each for each in (address.line1, address.line3, address.line4) if each],
            },
            "from": {
                "name": str(producer),
                "phone": producer.phone_text,
                "address": producer.present_address,
            },
            "method": way_of(parcel),
            "note": order.buyer_note,
            "gift": _("Quà tặng: đừng để giá trong kiện") if recipient else "",
            "wished": _wished(recipient),
            **facts,
        }
    return typst.compile(
        FOLDER / template,
        root=FOLDER,
        font_paths=fonts(),
        sys_inputs={
            "told": json.dumps(told, ensure_ascii=False),
            "qr": code.getvalue().decode(),
        },
        format="pdf",
        timestamp=0,
    )

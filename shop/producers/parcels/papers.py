"""Papers that go with a parcel: the label outside, the slip inside. Set by typst, in our fonts."""

import io
import json
from pathlib import Path

import segno
import typst
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.money import format_dong
from shop.order.models import Parcel
from shop.payment.cash import cash_parts
from shop.payment.models import Payment
from shop.printing import fonts

FOLDER = Path(__file__).parent


def label_pdf(parcel: Parcel) -> bytes:
    """A6 for the outside: to whom, from whom, what the carrier collects. No goods are named."""
    return _set(parcel, "label.typ", collect=_to_collect(parcel))


def slip_pdf(parcel: Parcel) -> bytes:
    """A5 for the inside: what is in it, from which lot. No prices: it may be a gift."""
    rows = [
        [line.title, line.net_note, line.lot.code if line.lot else "", str(line.quantity)]
        for line in parcel.lines.select_related("lot").order_by("pk")
    ]
    return _set(parcel, "slip.typ", rows=rows)


def _to_collect(parcel: Parcel) -> str:
    """What is paid at the door, in words; the parcel's own part of the order."""
    payment = Payment.objects.filter(order=parcel.order_id).first()
    if payment is None or payment.state != Payment.State.DUE:
        return _("Không thu tiền")
    return _("Thu hộ: %(sum)s") % {"sum": format_dong(cash_parts(parcel.order)[parcel.pk])}


def _set(parcel: Parcel, template: str, **facts: object) -> bytes:
    order, producer = parcel.order, parcel.producer
    address = order.shipping_address
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
                "phone": producer.phone,
                "address": producer.present_address,
            },
            "method": parcel.method_name,
            "note": order.buyer_note,
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

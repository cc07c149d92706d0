"""Papers that go with a gift: the greeting card and the gift receipt. No price is in either."""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.text import fold
from shop.giving.cards import design_of
from shop.order.models import Line, OrderBox, Parcel, Recipient
from shop.phone import display_phone
from shop.printing import fonts
from shop.seller import default_seller

FOLDER = Path(__file__).parent / "cards"
#: Letters of a box's story that a card has room for.
STORY_LETTERS = 420
#: Lines that a greeting may be broken into; one with more is run together.
MOST_LINES = 14
#: Words longer than this are broken anywhere: they would run off the paper.
LONG_WORD = 24
#: Signs that our fonts do not have: pictures, private and unknown ones.
_NOT_PRINTED = frozenset({"So", "Sk", "Co", "Cn", "Cs", "Cf"})
#: What a story that is one says of itself, folded.
_LEGEND = ("truyen thuyet", "tuong truyen", "truyen rang", "legend")


def greeting_pdf(recipient: Recipient) -> bytes:
    """A6, two sides, in the order's language: the occasion, the words, the story of the box."""
    design = design_of(recipient.card)
    with override(recipient.order.language):
        told = {
            "language": recipient.order.language,
            "words": str(design.words),
            "colour": design.colour,
            "dear": _("Gửi tặng"),
            "to": _printable(recipient.address.first_name),
            "message": _lines_of(recipient.greeting),
            "sender": _printable(recipient.sender_name),
            "shop": settings.OSCAR_SHOP_NAME,
            **_story_of(_boxes_for(recipient)),
        }
    return _set("greeting.typ", told, drawing=design.svg)


def _boxes_for(recipient: Recipient) -> list[OrderBox]:
    """The boxes that this person gets, in the order in which they were bought."""
    return list(
        OrderBox.objects.filter(lines__parcel__recipient=recipient)
        .select_related("product__product_class")
        .distinct()
        .order_by("pk")
    )


def _story_of(boxes: Sequence[OrderBox]) -> dict[str, Any]:
    """The first lines that the first box with a story tells, and whether it is a legend."""
    for box in boxes:
        if box.design_id is not None:
            continue  # its story may tell of what the buyer took out
        product = box.product
        words = product and (product.words("description") or product.words("summary"))
        if story := opening_of(words or ""):
            legend = _("truyền thuyết") if tells_legend(story) else ""
            return {"box": _printable(box.title), "story": story, "legend": legend}
    return {"box": "", "story": [], "legend": ""}


def opening_of(words: str, most: int = STORY_LETTERS) -> list[str]:
    """The first whole sentences of a story, by paragraph; at most so many letters.

    A first sentence that is longer ends in the middle, with an ellipsis.
    """
    told: list[str] = []
    left = most
    for paragraph in re.split(r"\n\s*\n", words.strip()):
        sentences = re.split(r"(?<=[.!?…])\s+", _printable(" ".join(paragraph.split())))
        taken: list[str] = []
        for sentence in sentences:
            if len(sentence) > left:
                if not told and not taken:
                    return [sentence[: most - 1].rsplit(" ", 1)[0] + "…"]
                left = 0
                break
            taken.append(sentence)
            left -= len(sentence) + 1
        if taken and any(taken):
            told.append(" ".join(taken))
        if left <= 0:
            break
    return told


def tells_legend(words: Iterable[str]) -> bool:
    """Whether the words themselves say that what they tell is a legend."""
    folded = fold(" ".join(words))
    return any(sign in folded for sign in _LEGEND)


@dataclass(frozen=True)
class Given:
    """One row of a gift receipt: a thing, its maker, its lot and until when it keeps."""

    title: str
    net: str
    maker: str
    lot: str
    until: str
    quantity: int


def gift_receipt_pdf(recipient: Recipient, parcel: Parcel | None = None) -> bytes:
    """A5 for who gets the gift: what it is, who made it, who gives it, whom to ask.

    With `parcel` only what is in that one: a producer is told nothing of another's.
    """
    order = recipient.order
    with override(order.language):
        told = {
            "language": order.language,
            "number": order.number,
            "parcel": str(parcel) if parcel is not None else "",
            "to": _printable(recipient.address.first_name),
            "sender": _printable(recipient.sender_name),
            "day": date_format(recipient.deliver_on, "DATE_FORMAT") if recipient.deliver_on else "",
            "groups": [
                {"title": title, "rows": [vars(row) for row in rows]}
                for title, rows in _given(recipient, parcel)
            ],
            "shop": settings.OSCAR_SHOP_NAME,
            "seller": _seller(),
            "labels": _labels(),
        }
    return _set("receipt.typ", told)


def _given(recipient: Recipient, parcel: Parcel | None) -> list[tuple[str, list[Given]]]:
    """What is in the parcels, by box; things outside boxes last, under no title."""
    lines = Line.objects.filter(parcel__recipient=recipient, is_wrapping=False).exclude(
        parcel__status=Parcel.Status.CANCELLED
    )
    if parcel is not None:
        lines = lines.filter(parcel=parcel)
    rows = sorted(
        lines.select_related("box", "lot", "partner"),
        key=lambda line: (line.box_id is None, line.box_id or 0, line.pk),
    )
    return [
        (f"{box.title} × {box.quantity}" if box else "", [_row(line) for line in own])
        for box, own in groupby(rows, key=lambda line: line.box)
    ]


def _row(line: Line) -> Given:
    lot = line.lot
    until = lot.best_before if lot is not None else None
    return Given(
        title=line.title,
        net=line.net_note,
        maker=line.partner.display_name if line.partner else line.partner_name,
        lot=lot.code if lot is not None else "",
        until=date_format(until, "SHORT_DATE_FORMAT") if until else "",
        quantity=line.quantity,
    )


def _seller() -> dict[str, Any]:
    seller = default_seller()
    return {
        "name": seller.display_name,
        "address": seller.address,
        "phone": display_phone(seller.phone),
        "email": seller.email,
        "sample": seller.sample,
    }


def _labels() -> dict[str, str]:
    return {
        "title": _("Phiếu quà tặng"),
        "order": _("Đơn"),
        "parcel": _("Kiện"),
        "to": _("Gửi tặng"),
        "from": _("Người tặng"),
        "day": _("Ngày mong nhận"),
        "goods": _("Món quà"),
        "lot": _("Lô"),
        "until": _("Hạn sử dụng"),
        "quantity": _("Số lượng"),
        "others": _("Món lẻ"),
        "sample": _("dữ liệu mẫu"),
        "help": _(
            "Thiếu, hỏng hoặc muốn đổi, xin giữ phiếu này và gọi cửa hàng: đọc số đơn là "
            "chúng tôi tìm ra. Bạn không cần giấy tờ nào của người tặng."
        ),
    }


def _lines_of(message: str) -> list[str]:
    """A greeting as the lines its writer made, empty ones left out."""
    lines = [line for each in message.splitlines() if (line := _printable(each))]
    return lines if len(lines) <= MOST_LINES else [" ".join(lines)]


def _printable(words: str) -> str:
    """The words without signs that our fonts do not have; very long ones may be broken."""
    kept = "".join(
        sign
        for sign in unicodedata.normalize("NFC", words)
        if unicodedata.category(sign) not in _NOT_PRINTED and sign != "\ufe0f"
    )
    return " ".join(
        re.sub(rf"(\S{{{LONG_WORD}}})(?=\S)", "\\1\u200b", word) for word in kept.split()
    )


def _set(template: str, told: dict[str, Any], **files: str) -> bytes:
    # The same gift gives the same bytes: neither the machine's fonts nor its clock have a say.
    return typst.compile(
        FOLDER / template,
        root=FOLDER,
        font_paths=fonts(),
        sys_inputs={"told": json.dumps(told, ensure_ascii=False), **files},
        format="pdf",
        timestamp=0,
    )

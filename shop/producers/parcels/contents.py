"""What is in a parcel, as its packer goes through it: box by box, then what is in no box."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from catalogue.models import Lot
from shop.order.models import Line


@dataclass(frozen=True)
class Item:
    """One line to pack: a thing, or the work of wrapping a box. `lots` it may be taken from."""

    line: Line
    title: str
    lots: list[Lot]
    #: Who brings it, where that is somebody else than the packer.
    brought_by: str = ""


@dataclass(frozen=True)
class Group:
    """Things of one box under its title; of none, under an empty one."""

    title: str
    items: list[Item]


def groups_of(
    lines: Iterable[Line], packer: int | None = None, lots: Mapping[int, list[Lot]] | None = None
) -> list[Group]:
    """The lines by their box, things in no box last. Reads box, product and partner of each."""
    lots = lots or {}
    rows = sorted(lines, key=lambda line: (line.box_id is None, line.box_id or 0, line.pk))
    return [
        Group(
            _box_title(box, own_lines),
            [
                Item(line, title_of(line), lots.get(line.pk, []), _brought_by(line, packer))
                for line in own_lines
            ],
        )
        for box, own in groupby(rows, key=lambda line: line.box)
        for own_lines in [list(own)]
    ]


def _box_title(box: Any, lines: list[Line]) -> str:
    return f"{lines[0].reader_box_title} × {box.quantity}" if box else ""


def title_of(line: Line) -> str:
    """The thing by its name; the wrapping of a box as what is to be done."""
    if line.is_wrapping and line.box is not None:
        return _("Gói hộp “%(box)s”") % {"box": line.reader_box_title}
    return line.reader_title


def _brought_by(line: Line, packer: int | None) -> str:
    if packer is None or line.partner is None or line.partner_id == packer:
        return ""
    return line.partner.display_name

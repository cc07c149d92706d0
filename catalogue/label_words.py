"""The label as the page shows it (NĐ 37/2026/NĐ-CP): only facts that are there, in one order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.dates import MONTHS
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.translation import wants_english

if TYPE_CHECKING:
    from catalogue.models import BoxItem, Product


@dataclass(frozen=True)
class LabelRow:
    """One line of the label; `lang` is the language that the fact is written in."""

    name: str
    text: str
    lang: str = ""


def label_rows(product: "Product", box_items: Sequence["BoxItem"] = ()) -> list[LabelRow]:
    """The label of a product or variant; a variant's empty facts are its parent's.

    A gift box tells what it holds.
    """
    main = product.canonical
    written = main.text_language
    rows = [
        LabelRow(_("Tên hàng"), main.display_title, written),
        LabelRow(_("Chịu trách nhiệm về hàng"), responsible_text(main)),
        LabelRow(_("Xuất xứ"), origin_text(main)),
        LabelRow(_("Khối lượng, thể tích tịnh"), product.net_text or main.net_text),
        LabelRow(_("Số chiếc, số gói"), pieces_text(product)),
        LabelRow(_("Trong hộp"), contents_text(box_items)),
        LabelRow(_("Thành phần"), product.fact("ingredients"), written),
        LabelRow(_("Độ cồn"), abv_text(product)),
        LabelRow(_("Hạn dùng"), shelf_life_text(product)),
        LabelRow(_("Bảo quản"), product.fact("storage"), written),
        LabelRow(_("Cách dùng"), product.fact("usage"), written),
        LabelRow(_("Cảnh báo"), product.fact("warnings"), written),
        LabelRow(_("Số tự công bố"), product.fact("declaration_number")),
        LabelRow(_("Giấy phép sản xuất rượu"), product.fact("licence_number")),
        LabelRow("GTIN", product.fact("gtin")),
    ]
    return [row for row in rows if row.text]


def contents_text(items: Sequence["BoxItem"]) -> str:
    """One line for each thing in a box: `2 × Khoai lang Yên Sơn, 1 kg`."""
    return "\n".join(f"{item.quantity} × {item.product.display_title}" for item in items)


def responsible_text(product: "Product") -> str:
    """Who answers for the goods, and where: `HTX …, xã Trường Sơn, TP Bắc Ninh`."""
    producer = product.producer
    if producer is None:
        return ""
    return ", ".join(part for part in (producer.display_name, producer.present_address) if part)


def origin_text(product: "Product") -> str:
    """Present name with the former one: people still look for the commune they knew."""
    present = product.origin.present_address if product.origin else ""
    former = str(product.former_origin) if product.former_origin else ""
    if present and former:
        return _("%(present)s (trước 7/2025: %(former)s)") % {
            "present": present,
            "former": former,
        }
    return present or former


def pieces_text(product: "Product") -> str:
    pieces = product.fact("pieces")
    return number_format(pieces, force_grouping=True) if pieces and pieces > 1 else ""


def abv_text(product: "Product") -> str:
    """`30 % thể tích`."""
    abv = product.effective_abv
    if not abv:
        return ""
    number = number_format(abv.normalize(), decimal_pos=0 if abv == abv.to_integral() else 1)
    return _("%(number)s %% thể tích") % {"number": number}


def shelf_life_text(product: "Product") -> str:
    """`5 ngày kể từ ngày sản xuất`; months and years where the days are whole ones."""
    days = product.fact("shelf_life_days")
    return _("%(span)s kể từ ngày sản xuất") % {"span": span_text(days)} if days else ""


def span_text(days: int) -> str:
    """`5 ngày`; months and years where the days are whole ones."""
    if days % 365 == 0:
        return ngettext("%(n)s năm", "%(n)s năm", days // 365) % {"n": days // 365}
    if days % 30 == 0 and days >= 60:
        return ngettext("%(n)s tháng", "%(n)s tháng", days // 30) % {"n": days // 30}
    return ngettext("%(n)s ngày", "%(n)s ngày", days) % {"n": days}


def season_text(product: "Product") -> str:
    """When it is to be had: `Mùa: tháng 12, tháng 1`; empty for all year."""
    if product.is_all_year:
        return ""
    months = product.season_months
    # A season over New Year reads from its first month: 12, 1, 2, not 1, 2, 12.
    start = next((i for i, m in enumerate(months) if (m - 2) % 12 + 1 not in months), 0)
    ordered = [*months[start:], *months[:start]]
    names = ", ".join(month_name(month) for month in ordered)
    return _("Mùa: %(months)s") % {"months": names}


def month_name(month: int) -> str:
    """`tháng 12`, in English `December`."""
    if wants_english():
        return str(MONTHS[month])
    return f"tháng {month}"

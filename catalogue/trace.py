"""What a lot's stamp tells a buyer (TT 02/2024/TT-BKHCN: name and picture, who and where, when)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalogue.gtin import as_gtin14
from catalogue.images import ShownPicture, shown
from catalogue.models import Lot, Product
from catalogue.models.lot import LOT_CODE_LENGTH, LotState
from catalogue.pictures.specs import GALLERY_SPECS
from catalogue.text import fold


@dataclass(frozen=True)
class TracePage:
    """A lot that is on file, with its state in words."""

    lot: Lot
    product: Product
    state: LotState
    heading: str
    sentence: str
    picture: ShownPicture | None
    facts: list[tuple[str, str]]
    #: Address of the product's page; empty when it has none any more.
    product_url: str = ""
    #: Photographs of this very lot, with what they show.
    photos: tuple[tuple[str, ShownPicture], ...] = ()
    #: Documents about it: title and address.
    documents: tuple[tuple[str, str], ...] = ()


def tidy_code(typed: str) -> str:
    """A lot code as typed on a phone, as the stamp has it: no blanks, capitals, no marks."""
    # PostgreSQL takes no NUL.
    return "".join(fold(typed.replace("\0", "")).split()).upper()[: LOT_CODE_LENGTH * 2]


def find_lot(code: str) -> Lot | None:
    return (
        Lot.objects.select_related(
            "product__producer__ward__province",
            "product__producer__former_commune",
            "product__origin__province",
            "product__former_origin",
            "product__parent__producer__ward__province",
        )
        .filter(code=tidy_code(code))
        .first()
    )


def stamped_path(lot: Lot) -> str:
    """Where a stamp leads: by GS1 Digital Link where there is a GTIN, else by our own address."""
    gtin = as_gtin14(lot.product.gtin)
    if not gtin:
        return lot.get_absolute_url()
    return reverse("digital-link", kwargs={"gtin": gtin, "code": lot.code})


@dataclass(frozen=True)
class LotNote:
    """A lot in one sentence, for pages that mention it."""

    lot: Lot
    title: str
    state: LotState
    heading: str
    sentence: str


def lot_notes(codes: Collection[str]) -> dict[str, LotNote]:
    """Notes on lots by the code as it was typed, unknown ones and drinks left out; one query."""
    if not codes:
        return {}
    tidy = {typed: tidy_code(typed) for typed in codes}
    rows = Lot.objects.select_related("product__parent").filter(code__in=set(tidy.values()))
    lots = {lot.code: lot for lot in rows if not lot.product.canonical.is_alcohol}
    notes = {}
    for typed, code in tidy.items():
        if lot := lots.get(code):
            state = lot.state
            notes[typed] = LotNote(lot, lot.product.display_title, state, *_words(lot, state))
    return notes


def find_by_link(gtin: str, code: str) -> Lot | None:
    """The lot that a Digital Link names; None when product and lot do not belong together."""
    lot = find_lot(code)
    wanted = as_gtin14(gtin)
    return lot if lot and wanted and as_gtin14(lot.product.gtin) == wanted else None


def trace_page(lot: Lot) -> TracePage:
    product = lot.product.canonical
    state = lot.state_on(timezone.localdate())
    heading, sentence = _words(lot, state)
    image = product.images.select_related("original").first()
    papers = list(
        lot.papers.select_related("picture", "document").prefetch_related("picture__renditions")
    )
    return TracePage(
        lot=lot,
        product=product,
        state=state,
        heading=heading,
        sentence=sentence,
        picture=shown(image.picture, GALLERY_SPECS) if image else None,
        facts=_facts(lot, product),
        product_url=product.get_absolute_url() if product.is_listed else "",
        photos=tuple(
            (paper.title, shown(paper.picture, GALLERY_SPECS)) for paper in papers if paper.picture
        ),
        documents=tuple((paper.title, paper.document.url) for paper in papers if paper.document),
    )


def _words(lot: Lot, state: LotState) -> tuple[str, str]:
    if state == LotState.RECALLED:
        reason = lot.recall_reason.strip()
        words = _("Lô này bị thu hồi từ ngày %(day)s. Xin đừng dùng và liên hệ với chúng tôi.") % {
            "day": _day(lot.recalled_on)
        }
        return _("Lô đã bị thu hồi"), f"{words} {reason}".strip()
    if state == LotState.EXPIRED:
        return (
            _("Lô đã quá hạn dùng"),
            _("Hạn dùng của lô này là %(day)s. Xin đừng dùng nữa.")
            % {"day": _day(lot.best_before)},
        )
    return _("Lô còn hạn dùng"), _("Mã lô này có trong sổ của chúng tôi.")


def _facts(lot: Lot, product: Product) -> list[tuple[str, str]]:
    producer = product.producer
    rows = [
        (_("Sản phẩm"), lot.product.display_title),
        (_("Mã lô"), lot.code),
        (_("Nhà sản xuất"), producer.display_name if producer else ""),
        (_("Địa chỉ"), producer.present_address if producer else ""),
        (_("Nơi sản xuất"), lot.place),
        (_("Ngày sản xuất"), _day(lot.produced_on)),
        (_("Hạn dùng"), _day(lot.best_before)),
        (_("Nguyên liệu"), lot.inputs),
    ]
    return [(name, text) for name, text in rows if text]


def _day(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""

"""Papers that promoters hang and hand out: posters, table cards, the gift catalogue. By typst."""

import base64
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from PIL import Image, ImageOps

from shop.printing import fonts

FOLDER = Path(__file__).parent
INK, PAPER = "#2a2320", "#fffaf0"
#: A picture over the whole width of A4 at 170 dots an inch.
PICTURE_PIXELS = 1400
JPEG_QUALITY = 85
#: Phudu has capitals only; a longer title is set in the text face.
SHOUTED_LETTERS = 34
#: By name in the address: what it is called, its template, and what the template is told.
SHEETS: dict[str, tuple[Any, str, dict[str, Any]]] = {
    "ap-phich-a3": (gettext_lazy("Áp phích A3"), "poster.typ", {"paper": "a3"}),
    "ap-phich-a4": (gettext_lazy("Áp phích A4"), "poster.typ", {"paper": "a4"}),
    "the-ban-a6": (gettext_lazy("Thẻ để bàn A6, bốn thẻ một tờ A4"), "cards.typ", {"tent": False}),
    "the-gap": (gettext_lazy("Thẻ gập đứng, hai thẻ một tờ A4"), "cards.typ", {"tent": True}),
}  # fmt: skip
#: Width to height of the picture on each.
RATIOS = {"poster.typ": 178 / 133.5, "cards.typ": 95 / 66}
#: Display sizes, points, by how long a title is: the longest that is set so large.
LARGEST = ((14, 1.45), (22, 1.2), (SHOUTED_LETTERS, 1.0))


@dataclass(frozen=True)
class Sheet:
    """What a poster or a table card says. `link` is what its code opens, whole."""

    title: str
    line: str
    link: str
    picture: Any = None
    note: str = ""


@dataclass(frozen=True)
class Content:
    """One thing in a box: `Long nhãn Lục Sơn, 250 g`, its maker, stars valid today."""

    title: str
    maker: str
    quantity: int = 1
    stars: int = 0


@dataclass(frozen=True)
class BoxPage:
    """One box of the catalogue; `price` is empty where prices are left out."""

    title: str
    place: str
    story: str
    source: str
    contents: Sequence[Content]
    link: str
    price: str = ""
    note: str = ""
    picture: Any = None


def sheet_pdf(sheet: Sheet, kind: str) -> bytes:
    """Raises KeyError for an unknown kind of sheet."""
    _label, template, told = SHEETS[kind]
    with override("vi"):
        words = {
            "shop": settings.OSCAR_SHOP_NAME,
            "tagline": str(settings.OSCAR_SHOP_TAGLINE),
            "scan": _("Quét mã để xem và đặt mua"),
            "fold": _("gấp ở đây"),
        }
    return _set(
        template,
        {
            **told,
            **words,
            "title": sheet.title,
            "shouted": is_shouted(sheet.title),
            "scale": scale_of(sheet.title),
            "line": sheet.line,
            "note": sheet.note,
            "link": short_link(sheet.link),
        },
        {"qr": qr_svg(sheet.link), "picture": picture_svg(sheet.picture, RATIOS[template])},
    )


def lookbook_pdf(title: str, lead: str, boxes: Sequence[BoxPage], *, two_a_page: bool) -> bytes:
    """The printed gift catalogue: a cover, then one box a page, or two."""
    with override("vi"):
        day = date_format(timezone.localdate(), "d/m/Y")
        told = {
            "title": title,
            "shouted": is_shouted(title),
            "scale": scale_of(title),
            "lead": lead,
            "shop": settings.OSCAR_SHOP_NAME,
            "tagline": str(settings.OSCAR_SHOP_TAGLINE),
            "address": short_link(settings.BASE_URL),
            "day": _("Sao OCOP và giá tính đến ngày %(day)s.") % {"day": day},
            "two": two_a_page,
            "words": {
                "inside": _("Trong hộp có"),
                "source": _("Nguồn:"),
                "scan": _("Quét mã để xem và đặt mua"),
            },
            "boxes": [
                {
                    "title": box.title,
                    "shouted": is_shouted(box.title),
                    "scale": scale_of(box.title),
                    "place": box.place,
                    "story": box.story,
                    "source": box.source,
                    "price": box.price,
                    "note": box.note,
                    "link": short_link(box.link),
                    "contents": [
                        {
                            "title": each.title,
                            "maker": each.maker,
                            "quantity": each.quantity,
                            "stars": each.stars,
                        }
                        for each in box.contents
                    ],
                }
                for box in boxes
            ],
        }
    drawn = {}
    for number, box in enumerate(boxes):
        drawn[f"qr{number}"] = qr_svg(box.link)
        drawn[f"picture{number}"] = picture_svg(box.picture, 1 if two_a_page else 3 / 2)
    cover = next((box.picture for box in boxes if box.picture is not None), None)
    drawn["cover"] = picture_svg(cover, 1)
    return _set("lookbook.typ", told, drawn)


def is_shouted(title: str) -> bool:
    """Short enough for the display face, which has capitals only."""
    return len(title) <= SHOUTED_LETTERS


def scale_of(title: str) -> float:
    """How much larger than the longest title in the display face it is set."""
    return next((scale for letters, scale in LARGEST if len(title) <= letters), 1.0)


def short_link(link: str) -> str:
    """As people type it: `phiencho.vn/di/tet`."""
    return link.partition("://")[2].rstrip("/") or link


def qr_svg(link: str) -> str:
    """The code, without a border of its own: the paper around it is the border."""
    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        drawn, kind="svg", border=0, xmldecl=False, svgns=True, dark=INK
    )
    return drawn.getvalue().decode()


def picture_svg(picture: Any, ratio: float) -> str:
    """A library picture in `ratio`, around its focal point; empty when there is none.

    Wrapped in SVG, because typst takes data as text. A file that is gone is left out.
    """
    if picture is None:
        return ""
    width, height = PICTURE_PIXELS, round(PICTURE_PIXELS / ratio)
    try:
        with picture.file.open("rb") as file, Image.open(file) as opened:
            opened.draft("RGB", (width, height))
            seen = opened.convert("RGBA")
            ground = Image.new("RGBA", seen.size, PAPER)
            ground.alpha_composite(seen)
            fitted = _fitted(ground.convert("RGB"), (width, height), _centre(picture))
    except (OSError, ValueError):
        return ""
    jpeg = io.BytesIO()
    fitted.save(jpeg, "JPEG", quality=JPEG_QUALITY)
    data = base64.b64encode(jpeg.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}"><image width="{width}" height="{height}" '
        f'href="data:image/jpeg;base64,{data}"/></svg>'
    )


def _fitted(
    picture: Image.Image, size: tuple[int, int], centre: tuple[float, float]
) -> Image.Image:
    """Cut to size; a drawing on one flat colour is shown whole, on more of that colour."""
    right, bottom = picture.width - 1, picture.height - 1
    corners: set[Any] = {
        picture.getpixel(at) for at in ((0, 0), (right, 0), (0, bottom), (right, bottom))
    }
    if len(corners) == 1:
        return ImageOps.pad(picture, size, color=corners.pop())
    return ImageOps.fit(picture, size, centering=centre)


def _centre(picture: Any) -> tuple[float, float]:
    point = picture.get_focal_point()
    if point is None or not picture.width or not picture.height:
        return 0.5, 0.5
    x, y = point.centroid
    return min(1.0, x / picture.width), min(1.0, y / picture.height)


def _set(template: str, told: dict[str, Any], drawn: dict[str, str]) -> bytes:
    """Everything comes as data; nothing of it is read as markup."""
    return typst.compile(
        FOLDER / template,
        root=FOLDER,
        font_paths=fonts(),
        sys_inputs={"told": json.dumps(told, ensure_ascii=False), **drawn},
        format="pdf",
        timestamp=0,
    )

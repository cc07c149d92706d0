"""A share card drawn in the shop's hand: flat colours, ink outlines, its own type."""

import math
import unicodedata
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, ImageOps

from catalogue.share_cards.facts import ShareFacts

GROUND, PAPER, INK = "#f6eedd", "#fffaf0", "#2a2320"
RED, YELLOW, INDIGO = "#a33322", "#dfa32a", "#20424d"
MARGIN, FRAME = 48, 6
REGULAR, SEMIBOLD = "be-vietnam-pro-regular.ttf", "be-vietnam-pro-semibold.ttf"
#: Room for words under the picture of a square card, pixels.
SQUARE_TEXT = 480
#: The title is set as large as it fits, pixels.
TITLE_SIZES = (76, 66, 58, 50, 44, 38)
JPEG_QUALITY = 86
LEADING = 1.22
MOST_STARS = 5


def draw(facts: ShareFacts, size: tuple[int, int]) -> bytes:
    """JPEG of this size in pixels."""
    width, height = size
    card = Image.new("RGB", size, GROUND)
    pen = ImageDraw.Draw(card)
    is_wide = width > height
    side = height - 2 * MARGIN if is_wide else width - 2 * MARGIN
    picture_box = (
        (MARGIN, MARGIN, MARGIN + side, MARGIN + side)
        if is_wide
        else (MARGIN, MARGIN, width - MARGIN, height - SQUARE_TEXT)
    )
    has_picture = facts.picture is not None and _paste(card, facts, picture_box)
    if not has_picture:
        left, top = MARGIN, MARGIN
    elif is_wide:
        left, top = picture_box[2] + MARGIN, MARGIN
    else:
        left, top = MARGIN, picture_box[3] + MARGIN
    _write(pen, facts, (left, top, width - MARGIN, height - MARGIN))
    pen.rectangle((0, 0, width - 1, height - 1), outline=INK, width=FRAME)
    out = BytesIO()
    card.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _paste(card: Image.Image, facts: ShareFacts, box: tuple[int, int, int, int]) -> bool:
    """The picture cut to its place around its focal point; False when its file is gone."""
    size = (box[2] - box[0], box[3] - box[1])
    try:
        with facts.picture.file.open("rb") as file, Image.open(file) as opened:
            opened.draft("RGB", (size[0] * 2, size[1] * 2))
            fitted = ImageOps.fit(opened.convert("RGBA"), size, centering=_centre(facts.picture))
    except OSError:
        return False
    ground = Image.new("RGBA", size, PAPER)
    ground.alpha_composite(fitted)
    card.paste(ground.convert("RGB"), box[:2])
    ImageDraw.Draw(card).rectangle(box, outline=INK, width=FRAME)
    return True


def _centre(picture: object) -> tuple[float, float]:
    x, y = getattr(picture, "focal_point_x", None), getattr(picture, "focal_point_y", None)
    width, height = getattr(picture, "width", 0), getattr(picture, "height", 0)
    if x is None or y is None or not width or not height:
        return 0.5, 0.5
    return min(1.0, x / width), min(1.0, y / height)


def _write(pen: ImageDraw.ImageDraw, facts: ShareFacts, box: tuple[int, int, int, int]) -> None:
    """Title and place from the top; stars, price and the shop's name from the bottom."""
    left, top, right, bottom = box
    width = right - left
    shop = _font(SEMIBOLD, 28)
    bottom -= 34
    name = " · ".join(part for part in (settings.OSCAR_SHOP_NAME, facts.note) if part)
    pen.text((left, bottom), _line(name, shop, width), INDIGO, shop)
    pen.line((left, bottom - 16, right, bottom - 16), INK, 2)
    bottom -= 40
    if facts.price:
        price = _font(SEMIBOLD, 56)
        bottom -= 62
        pen.text((left, bottom), _line(facts.price, price, width), RED, price)
        bottom -= 14
    if facts.stars:
        bottom -= 46
        _stars(pen, left, bottom, facts.stars)
        words = _font(SEMIBOLD, 30)
        start = left + facts.stars * 48 + 10
        pen.text((start, bottom), _line(facts.stars_text, words, right - start), INK, words)
        bottom -= 14
    place = _font(REGULAR, 30)
    place_lines = _wrap(facts.place, place, width, 2)
    room = bottom - top - len(place_lines) * 40 - 12
    font, lines = _fitting(facts.title, width, room)
    for text in lines:
        pen.text((left, top), text, INK, font)
        top += math.ceil(font.size * LEADING)
    top += 12
    for text in place_lines:
        pen.text((left, top), text, INDIGO, place)
        top += 40


def _stars(pen: ImageDraw.ImageDraw, left: int, top: int, stars: int) -> None:
    for number in range(min(stars, MOST_STARS)):
        x, y, outer, inner = left + 20 + number * 48, top + 20, 20, 8.5
        points = [
            (
                x + (inner if corner % 2 else outer) * math.sin(corner * math.pi / 5),
                y - (inner if corner % 2 else outer) * math.cos(corner * math.pi / 5),
            )
            for corner in range(10)
        ]
        pen.polygon(points, YELLOW, INK, 2)


def _fitting(text: str, width: int, room: float) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest size at which the whole title has room; else the smallest, cut short."""
    for size in TITLE_SIZES:
        font = _font(SEMIBOLD, size)
        lines = _wrap(text, font, width, 99)
        if len(lines) * size * LEADING <= room:
            return font, lines
    return font, _wrap(text, font, width, max(1, int(room // (TITLE_SIZES[-1] * LEADING))))


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    """Words in lines no wider than `width`; what is left over is cut with an ellipsis."""
    lines: list[str] = []
    words = _composed(text).split()
    while words:
        count = 1
        while count < len(words) and font.getlength(" ".join(words[: count + 1])) <= width:
            count += 1
        if len(lines) == most - 1 and count < len(words):
            return [*lines, _line(" ".join(words), font, width)]
        lines.append(_line(" ".join(words[:count]), font, width))
        words = words[count:]
    return lines


def _line(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    """One line, cut with an ellipsis where it is too wide."""
    text = _composed(text)
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "…") > width:
        text = text[:-1]
    return text.rstrip(" ,.;·") + "…"


def _composed(text: str) -> str:
    """Letters with their marks as one sign each: a mark by itself would stand beside its letter."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=32)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(Path(settings.PRINT_FONTS) / name), size)

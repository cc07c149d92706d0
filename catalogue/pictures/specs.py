"""The fixed sizes in which pictures are made, ahead of any visitor, in one place.

Made after an upload and by `manage.py make_renditions`; a page only asks for what is listed here.
"""

from collections.abc import Iterable

#: What every browser since 2020 shows, and what newer ones are offered first.
FORMAT, SMALLER_FORMAT = "webp", "avif"
#: Sides of the square cuts, pixels: gallery strip, card on a phone, card, gallery, zoom.
THUMB_SIDE = 160
CARD_SIDES = (320, 480, 640)
GALLERY_SIDES = (480, 640, 960, 1280)
#: Widths of a picture that opens a page or stands in its text, pixels; its own proportions.
PAGE_WIDTHS = (480, 800, 1200)
#: Story and place cards: three to two.
LANDSCAPE_SIZES = ((360, 240), (720, 480))


def in_both_formats(cuts: Iterable[str]) -> tuple[str, ...]:
    """Wagtail's filter specs of these cuts: all in WebP, then all in AVIF."""
    cuts = tuple(cuts)
    return tuple(f"{cut}|format-{name}" for name in (FORMAT, SMALLER_FORMAT) for cut in cuts)


def square(side: int) -> str:
    return f"fill-{side}x{side}"


#: Small enough that a second format gains nothing.
THUMB_SPEC = f"{square(THUMB_SIDE)}|format-{FORMAT}"
CARD_SPECS = in_both_formats(square(side) for side in CARD_SIDES)
GALLERY_SPECS = in_both_formats(square(side) for side in GALLERY_SIDES)
PAGE_SPECS = in_both_formats(f"width-{width}" for width in PAGE_WIDTHS)
LANDSCAPE_SPECS = in_both_formats(f"fill-{width}x{height}" for width, height in LANDSCAPE_SIZES)
#: The square cuts beside a page's name: a producer in a row, a place in a list.
SMALL_SQUARE_SPECS = in_both_formats(square(side) for side in CARD_SIDES[:2])
#: Everything made of a picture of a product.
PRODUCT_SPECS = tuple(dict.fromkeys((THUMB_SPEC, *CARD_SPECS, *GALLERY_SPECS)))
#: Everything made of a picture that a page uses.
ALL_PAGE_SPECS = (*PAGE_SPECS, *LANDSCAPE_SPECS, *SMALL_SQUARE_SPECS)
#: Everything made of an upload, since nobody knows yet where it will be used.
ALL_SPECS = tuple(dict.fromkeys((*PRODUCT_SPECS, *ALL_PAGE_SPECS)))

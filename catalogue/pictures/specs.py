"""The fixed sizes in which pictures are made, ahead of any visitor, in one place.

Made by `manage.py make_renditions`; a page only asks for what is listed here.
"""

FORMAT = "webp"
#: Sides of the square cuts, pixels: gallery strip, card on a phone, card, gallery, zoom.
THUMB_SIDE = 160
CARD_SIDES = (320, 480, 640)
GALLERY_SIDES = (480, 640, 960, 1280)
#: What networks show of a shared page; JPEG, since not all of them read WebP.
SHARE_SPEC = "fill-1200x630|format-jpeg"


def square_spec(side: int) -> str:
    """Wagtail's filter spec of the square cut of this many pixels."""
    return f"fill-{side}x{side}|format-{FORMAT}"


THUMB_SPEC = square_spec(THUMB_SIDE)
CARD_SPECS = tuple(square_spec(side) for side in CARD_SIDES)
GALLERY_SPECS = tuple(square_spec(side) for side in GALLERY_SIDES)
#: Everything made of a picture of a product.
PRODUCT_SPECS = tuple(dict.fromkeys((THUMB_SPEC, *CARD_SPECS, *GALLERY_SPECS, SHARE_SPEC)))

"""Printing by typst: the shop's own fonts, so that the same thing looks the same everywhere."""

from functools import lru_cache

import typst
from django.conf import settings


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Neither the machine's fonts nor typst's own have a say."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[settings.PRINT_FONTS],
    )

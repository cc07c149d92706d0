"""A choice of provinces in words: whole regions by their name."""

from collections.abc import Collection

from shop.places.choices import province_choices
from shop.places.regions import Region, provinces_in


def places_text(codes: Collection[str]) -> str:
    """`Miền Bắc, Thành phố Huế`."""
    left = set(codes)
    words = []
    for region in Region:
        own = set(provinces_in(region))
        if own <= left:
            words.append(str(region.label))
            left -= own
    names = dict(province_choices())
    return ", ".join([*words, *(names[code] for code in names if code in left)])

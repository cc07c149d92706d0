"""Which release of the shop this process runs: what one draws, the next may draw otherwise."""

import hashlib
from functools import cache
from pathlib import Path

from shop.settings.env import BASE_DIR

#: All that pages are drawn from: code, templates, texts, styles, and which packages.
_DRAWN_FROM = ("catalogue", "shop", "cms", "templates", "static", "requirements.txt")


@cache
def stamp() -> str:
    """A word for this release, the same in all its processes and on all its machines."""
    return stamp_of(BASE_DIR)


def stamp_of(folder: Path) -> str:
    """The word of the release in `folder`: by what its files hold, whatever their clocks say."""
    digest = hashlib.blake2b(digest_size=8)
    for top in _DRAWN_FROM:
        for path in sorted([folder / top, *(folder / top).rglob("*")]):
            if path.is_file() and path.suffix != ".pyc":
                content = hashlib.blake2b(path.read_bytes(), digest_size=16)
                digest.update(f"{path.relative_to(folder)}\0".encode() + content.digest())
    return digest.hexdigest()

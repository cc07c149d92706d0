"""The demo's texts and pictures, as files, and the version that they make together."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
CONTENT = FOLDER / "content"
PICTURES = FOLDER / "pictures"
#: What the library calls a drawing of a folder; its file name follows.
TITLES = {"products": "Sản phẩm", "boxes": "Hộp quà", "places": "Địa danh", "pages": "Trang"}
#: Raised when the loading code itself makes other rows of the same files.
LOADER = 2


@cache
def read(name: str) -> dict[str, Any]:
    """A file of `content` by its name without `.toml`: `read("stories/tra-hoa-vang")`."""
    with (CONTENT / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def in_language(row: dict[str, Any], field: str, language: str) -> Any:
    """A text of a row: `title` is Vietnamese, `title_en` English."""
    return row.get(f"{field}_en", "") if language == "en" else row.get(field, "")


def version() -> str:
    """A fingerprint of every text and picture: the same files give the same version."""
    digest = hashlib.sha256(str(LOADER).encode())
    for path in sorted(
        [*CONTENT.rglob("*.toml"), *PICTURES.rglob("*.toml"), *PICTURES.rglob("*.png")]
    ):
        digest.update(str(path.relative_to(FOLDER)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@dataclass(frozen=True)
class PictureWords:
    """A drawing's title in the library, and what is to be seen in it."""

    title: str
    alt: str
    alt_en: str


@cache
def _alt_texts() -> dict[str, Any]:
    with (PICTURES / "alt.toml").open("rb") as file:
        return tomllib.load(file)


def picture_words(name: str) -> PictureWords:
    """The words of `products/tra-hoa-vang`. Raises KeyError for a drawing without any."""
    folder, drawing = name.split("/")
    words = _alt_texts()[folder][drawing]
    return PictureWords(f"{TITLES[folder]} {drawing}", words["vi"], words["en"])

"""Pictures as pages show them: source set, size and words. Reads renditions, never makes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail.images.models import Filter

from catalogue.translation import wants_english

if TYPE_CHECKING:
    from catalogue.pictures.models import Picture


@dataclass(frozen=True)
class ShownPicture:
    """An `<img>`: address, source set (`url 320w, url 640w`), pixels, words for the blind."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str


def alt_text(picture: "Picture") -> str:
    """What is to be seen, in the visitor's language where it was written."""
    if wants_english() and picture.alt_text_en:
        return picture.alt_text_en
    return picture.default_alt_text


def shown(picture: "Picture", specs: Iterable[str]) -> ShownPicture:
    """`picture` in the sizes that exist of `specs`; the upload itself where none was made yet.

    No query when the renditions are prefetched.
    """
    filters = [Filter(spec=spec) for spec in specs]
    made = picture.find_existing_renditions(*filters)
    by_width = {rendition.width: rendition for rendition in made.values()}
    if not by_width:
        return ShownPicture(picture.file.url, "", picture.width, picture.height, alt_text(picture))
    widths = sorted(by_width)
    largest = by_width[widths[-1]]
    return ShownPicture(
        src=largest.url,
        srcset=", ".join(f"{by_width[width].url} {width}w" for width in widths),
        width=largest.width,
        height=largest.height,
        alt=alt_text(picture),
    )

"""Pictures as pages show them: source set, size and words. Reads renditions, never makes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from wagtail.images.models import Filter

from catalogue.pictures.specs import SMALLER_FORMAT
from catalogue.translation import wants_english

if TYPE_CHECKING:
    from catalogue.pictures.models import Picture


@dataclass(frozen=True)
class ShownPicture:
    """An `<img>`: address, source set (`url 320w, url 640w`), pixels, words for the blind.

    `avif_srcset` is the same in AVIF, for browsers that read it; empty where none was made.
    """

    src: str
    srcset: str
    width: int
    height: int
    alt: str
    avif_srcset: str = ""


def alt_text(picture: "Picture") -> str:
    """What is to be seen, in the visitor's language where it was written."""
    if wants_english() and picture.alt_text_en:
        return picture.alt_text_en
    return picture.default_alt_text


def shown(picture: "Picture", specs: Iterable[str]) -> ShownPicture:
    """`picture` in the sizes that exist of `specs`; the upload itself where none was made yet.

    No query when the renditions are prefetched.
    """
    made = picture.find_existing_renditions(*(_filter(spec) for spec in specs))
    by_width: dict[int, Any] = {}
    avif: dict[int, Any] = {}
    for filter_, rendition in made.items():
        found = avif if filter_.spec.endswith(SMALLER_FORMAT) else by_width
        found[rendition.width] = rendition
    if not by_width:
        return ShownPicture(picture.file.url, "", picture.width, picture.height, alt_text(picture))
    largest = by_width[max(by_width)]
    return ShownPicture(
        src=largest.url,
        srcset=_srcset(by_width),
        width=largest.width,
        height=largest.height,
        alt=alt_text(picture),
        avif_srcset=_srcset(avif),
    )


@cache
def _filter(spec: str) -> Filter:
    """Reading a spec is most of the work of finding a rendition, and there are few specs."""
    return Filter(spec=spec)


def _srcset(by_width: dict[int, Any]) -> str:
    return ", ".join(f"{by_width[width].url} {width}w" for width in sorted(by_width))

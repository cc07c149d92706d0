"""The demo's drawings in the picture library, and their sizes."""

import hashlib
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.core.files import File
from wagtail.models import Collection

from catalogue.pictures.making import drawn_renditions
from catalogue.pictures.models import Picture, Rendition
from catalogue.pictures.specs import ALL_PAGE_SPECS, PRODUCT_SPECS
from catalogue.renditions import made_by_caller
from cms.demo.reading import PICTURES, picture_words

COLLECTION = "Tranh của Phiên chợ"
#: Folders whose pictures stand in galleries.
GALLERIES = ("products/", "boxes/")
CREDIT = "Tranh của Phiên chợ"


def drawings() -> list[Path]:
    return sorted(PICTURES.rglob("*.png"))


def count() -> int:
    return len(drawings())


def name_of(drawing: Path) -> str:
    """`products/tra-hoa-vang`."""
    return drawing.relative_to(PICTURES).with_suffix("").as_posix()


def load_pictures(pictures: dict[str, Picture], advance: Callable[[], None]) -> None:
    """Every drawing into the library, known by its name in `pictures` and by its title there.

    A drawing that changed replaces the file of its picture, so that nothing that shows it breaks.
    """
    root = Collection.get_first_root_node()
    collection = Collection.objects.filter(name=COLLECTION).first() or root.add_child(
        name=COLLECTION
    )
    for drawing in drawings():
        name = name_of(drawing)
        words = picture_words(name)
        picture = Picture.objects.filter(collection=collection, title=words.title).first()
        if picture is None:
            picture = Picture(title=words.title, collection=collection)
        picture.alt_text, picture.alt_text_en = words.alt, words.alt_en
        picture.credit, picture.is_illustration = CREDIT, True
        if picture.file_hash != hashlib.sha1(drawing.read_bytes()).hexdigest():
            _replace_file(picture, drawing)
        with made_by_caller():
            picture.save()
        pictures[name] = picture
        advance()


def _replace_file(picture: Picture, drawing: Path) -> None:
    if picture.pk:
        picture.renditions.all().delete()
    with drawing.open("rb") as file:
        picture.file.save(drawing.name, File(file), save=False)
    picture._set_file_hash()
    picture._set_image_file_metadata()


def make_sizes(pictures: dict[str, Picture], advance: Callable[[], None]) -> None:
    """All sizes ahead of the first visitor; drawn on every core, written by this one."""
    made = set(Rendition.objects.values_list("image_id", "filter_spec"))
    missing = [
        (picture, [spec for spec in _specs_of(name) if (picture.pk, spec) not in made])
        for name, picture in pictures.items()
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for renditions in pool.map(_draw, missing):
            for rendition in renditions:
                rendition.save()
            advance()


def _specs_of(name: str) -> list[str]:
    """What pages show of a drawing: a product's first is for cards, its second opens a story."""
    first_of_product = name.startswith("products/") and not name.endswith("-2")
    return sorted(
        {
            *(PRODUCT_SPECS if name.startswith(GALLERIES) else ()),
            *(() if first_of_product else ALL_PAGE_SPECS),
        }
    )


def _draw(job: tuple[Picture, list[str]]) -> list[Rendition]:
    """The renditions of one picture with their files in memory. Asks no database."""
    picture, specs = job
    return list(drawn_renditions(picture, specs))

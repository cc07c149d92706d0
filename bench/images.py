"""A telephone's photograph, 12 megapixels, from the upload to all sizes: time and memory.

    .venv/bin/python -m bench.images [--rounds 3]

Ours is the way of every upload (the gate, the library, the sizes); the peer is the plain way, each
size by Wagtail's own filter from the whole picture. Each run is a process of its own, so that its
memory at most is its own as well. Nothing is written: database and files are in memory.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figures import Row, number, table, times
from bench.peer import HOME, ROOT

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from catalogue.pictures.models import Picture

SIZE = (4032, 3024)
SIDES = ("nothing", "plain", "ours")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", choices=SIDES, help="one run here, as JSON")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_here(options.one)))
        return
    print(table([("Images", measured(options.rounds))]))


def measured(rounds: int = 3) -> list[Row]:
    _photograph()
    found: dict[str, list[dict[str, float]]] = {side: [] for side in SIDES}
    for _round in range(rounds):
        for side in SIDES:
            said = subprocess.run(
                [sys.executable, "-m", "bench.images", "--one", side],
                cwd=ROOT,
                check=True,
                capture_output=True,
                text=True,
            ).stdout
            found[side].append(json.loads(said.splitlines()[-1]))
    at = {
        side: {key: statistics.median(each[key] for each in runs) for key in runs[0]}
        for side, runs in found.items()
    }
    ours, plain, idle = at["ours"], at["plain"], at["nothing"]["megabytes"]
    memory = [each["megabytes"] - idle for each in (ours, plain)]
    sizes = int(ours["sizes"])
    return [
        Row(
            f"12 megapixels to {sizes} sizes, seconds of CPU",
            number(ours["seconds"]),
            f"plain {number(plain['seconds'])}",
            times(plain["seconds"] / ours["seconds"]),
        ),
        Row(
            "memory at most, beyond the idle process",
            f"{number(memory[0])} MB",
            f"plain {number(memory[1])} MB",
            times(memory[1] / memory[0]),
        ),
    ]


def _photograph() -> Path:
    """A JPEG as a telephone writes one: turned by EXIF, about 4 MB."""
    from PIL import Image

    path = HOME / "photograph.jpg"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        coarse = Image.effect_noise((SIZE[0] // 6, SIZE[1] // 6), 70).resize(SIZE)
        fine = Image.effect_noise(SIZE, 18)
        bands = [Image.blend(coarse, fine, share) for share in (0.25, 0.3, 0.35)]
        exif = Image.Exif()
        exif[0x0112] = 6
        Image.merge("RGB", bands).save(path, "JPEG", quality=88, exif=exif)
    return path


def _here(side: str) -> dict[str, float]:
    from bench import django_shop  # noqa: F401  # isort: skip

    from django.core.files.uploadedfile import SimpleUploadedFile

    from catalogue.pictures.guard import clean_picture
    from catalogue.pictures.models import Picture
    from catalogue.pictures.specs import ALL_SPECS

    ways: dict[str, Callable[[Picture], int]] = {
        "nothing": lambda picture: 0,
        "plain": _plainly,
        "ours": _ours,
    }
    content = _photograph().read_bytes()
    started = time.process_time()
    if side != "nothing":
        upload = SimpleUploadedFile("anh.jpg", content, "image/jpeg")
        kept = clean_picture(upload) if side == "ours" else upload
        picture = Picture(title="Ảnh", width=SIZE[1], height=SIZE[0], collection_id=1)
        if side == "plain":
            picture.width, picture.height = SIZE
        picture.file.name = "anh.jpg"
        picture.open_file = _opener(kept)  # type: ignore[method-assign]
        sizes = ways[side](picture)
        assert sizes == len(ALL_SPECS), sizes
    return {
        "seconds": time.process_time() - started,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "sizes": len(ALL_SPECS),
    }


def _opener(upload: "UploadedFile") -> Callable[[], AbstractContextManager[BytesIO]]:
    upload.seek(0)
    content = upload.read()

    @contextmanager
    def open_file() -> Iterator[BytesIO]:
        yield BytesIO(content)

    return open_file


def _ours(picture: "Picture") -> int:
    from catalogue.pictures.making import drawn_renditions
    from catalogue.pictures.specs import ALL_SPECS

    return sum(1 for _size in drawn_renditions(picture, ALL_SPECS))


def _plainly(picture: "Picture") -> int:
    """As Wagtail makes a size that a page asks for: the whole picture decoded for each."""
    from wagtail.images.models import Filter

    from catalogue.pictures.specs import ALL_SPECS

    for spec in ALL_SPECS:
        Filter(spec=spec).run(picture, BytesIO())
    return len(ALL_SPECS)


if __name__ == "__main__":
    main()

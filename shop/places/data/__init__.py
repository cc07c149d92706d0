"""The vendored lists of places. See NOTICE.md for their sources and licences."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_FILES = ("units.json", "former_communes.json")
#: Day on which the source read the official catalogue.
AS_OF = "2026-10-10"


@dataclass(frozen=True)
class PlaceLists:
    """Rows as vendored.

    `provinces`: (code, full name, kind, legal note). `wards`: (code, province code, full
    name, kind, legal note). `former_communes`: (full name, full district name, full
    province name, code of the present ward).
    """

    provinces: list[tuple[str, str, str, str]]
    wards: list[tuple[str, str, str, str, str]]
    former_communes: list[tuple[str, str, str, str]]


def read_lists() -> PlaceLists:
    """Read the vendored files."""
    units, former = (json.loads((_FOLDER / name).read_text("utf-8")) for name in _FILES)
    return PlaceLists(
        provinces=[tuple(row) for row in units["provinces"]],
        wards=[tuple(row) for row in units["wards"]],
        former_communes=[
            (commune, district, province, ward_code)
            for province, districts in former.items()
            for district, communes in districts.items()
            for commune, ward_code in communes.items()
        ],
    )


@cache
def lists_version() -> str:
    """Return the lists' day and a digest of their content, so that no edit goes unseen."""
    digest = hashlib.sha256()
    for name in _FILES:
        digest.update((_FOLDER / name).read_bytes())
    return f"{AS_OF}+{digest.hexdigest()[:12]}"

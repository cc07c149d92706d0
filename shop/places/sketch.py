"""A drawn sketch of the eight communes of old Lục Nam district, to show which is meant.

No source of open boundaries was at hand, so this is a drawing and says so where it is shown: who
borders on whom is right (NQ 1658/NQ-UBTVQH15 names the old communes of each), shapes, sizes and
distances are not.
"""

from collections.abc import Collection
from dataclasses import dataclass

WIDTH, HEIGHT = 380, 236
#: The Lục Nam river, as a path of SVG.
RIVER = "M266 40 C 236 66, 204 74, 178 96 S 168 124, 140 134 S 78 150, 62 172 S 34 190, 12 196"


@dataclass(frozen=True)
class Area:
    """A commune: corners as SVG writes them, its name in lines, where the name stands."""

    code: str
    points: str
    lines: tuple[str, ...]
    x: int
    y: int
    is_marked: bool = False

    @property
    def name(self) -> str:
        return " ".join(self.lines)


_AREAS = (
    Area("07462", "24,46 90,18 148,22 142,76 90,88 34,82", ("Bảo Đài",), 88, 56),
    Area("07450", "148,22 216,18 260,52 236,88 178,90 142,76", ("Đông Phú",), 196, 56),
    Area("07444", "34,82 90,88 142,76 178,90 172,122 118,134 54,128", ("Lục Nam",), 104, 112),
    Area("07486", "178,90 236,88 260,116 238,156 184,158 172,122", ("Nghĩa", "Phương"), 214, 118),
    Area("07489", "236,88 260,52 318,70 348,110 308,134 260,116", ("Trường", "Sơn"), 294, 92),
    Area(
        "07492", "260,116 308,134 348,110 366,158 314,198 254,186 238,156", ("Lục Sơn",), 304, 164
    ),
    Area("07498", "54,128 118,134 172,122 184,158 154,186 84,180 48,162", ("Bắc Lũng",), 116, 162),
    Area("07519", "48,162 84,180 154,186 130,222 54,218 24,186", ("Cẩm Lý",), 90, 206),
)


def sketch(marked: Collection[str]) -> list[Area]:
    """All communes of the sketch, some marked by ward code; empty if it has none of `marked`."""
    if not any(area.code in marked for area in _AREAS):
        return []
    return [
        Area(area.code, area.points, area.lines, area.x, area.y, area.code in marked)
        for area in _AREAS
    ]

"""Fronts of greeting cards: a drawing, words and a colour for each occasion.

Another occasion is another row here and another drawing beside the others.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

#: Where the drawings lie among the static files; 1000 × 1120, in the hand of the shop.
FOLDER = "illustrations/cards"
#: The design of a card whose own is not known, or not chosen.
PLAIN = "plain"


@dataclass(frozen=True)
class CardDesign:
    """One front. `words` stand under the drawing, `colour` is theirs on paper (≥ 4.5:1)."""

    code: str
    label: Any
    words: Any
    drawing: Any
    colour: str

    @property
    def picture(self) -> str:
        """Its drawing as the `static` tag names it."""
        return f"{FOLDER}/{self.code}.svg"

    @property
    def svg(self) -> str:
        return _drawing(self.picture)


@lru_cache
def _drawing(path: str) -> str:
    return (settings.BASE_DIR / "static" / path).read_text(encoding="utf-8")


SON, CHAM, LA = "#a33322", "#20424d", "#3f5a32"
_DESIGNS = (
    CardDesign("tet", _("Tết"), _("Chúc mừng năm mới"), _("Cành mai và bánh chưng"), SON),
    CardDesign(
        "mid-autumn", _("Trung thu"), _("Trung thu sum vầy"), _("Đèn ông sao dưới trăng rằm"), CHAM
    ),
    CardDesign("vu-lan", _("Vu Lan"), _("Vu Lan nhớ ơn"), _("Hoa sen trên mặt nước"), LA),
    CardDesign(
        "birthday", _("Sinh nhật"), _("Mừng sinh nhật"), _("Bánh sinh nhật ba ngọn nến"), SON
    ),
    CardDesign("thanks", _("Cảm ơn"), _("Xin cảm ơn"), _("Ấm trà và cành trà hoa vàng"), LA),
    CardDesign("congratulations", _("Chúc mừng"), _("Chúc mừng"), _("Cá chép vượt sóng"), CHAM),
    CardDesign(PLAIN, _("Thiệp trơn"), _("Một món quà quê"), _("Vòng lá và hoa"), SON),
)


def designs() -> tuple[CardDesign, ...]:
    """All fronts, in the order in which they are offered."""
    return _DESIGNS


def design_of(code: str) -> CardDesign:
    """The front of that code; the plain one where there is none of it."""
    known = {design.code: design for design in _DESIGNS}
    return known.get(code) or known[PLAIN]

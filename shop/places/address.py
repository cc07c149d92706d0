"""Addresses in words, present and former."""

from django.utils.translation import gettext as _

from shop.places.models import FormerCommune, Ward
from shop.places.names import hamlet_phrase


def address_line(ward: Ward, former: FormerCommune | None = None, hamlet: str = "") -> str:
    """Return one line in the current language, with the former address in brackets.

    "thôn Nội Chùa, xã Bắc Lũng, TP Bắc Ninh (trước 7/2025: xã Yên Sơn, huyện Lục Nam, tỉnh
    Bắc Giang)". Units and names as NQ 202/2025/QH15, NQ 1658/NQ-UBTVQH15, NQ 39/2026/QH16
    and NQ 388/NQ-UBTVQH16 have them. `hamlet` is what stands before the ward, with its own
    kind word. Reads `ward.province`.
    """
    place = hamlet_phrase(hamlet)
    line = f"{place}, {ward.present_address}" if place else ward.present_address
    if former is None:
        return line
    return _("%(present)s (trước 7/2025: %(former)s)") % {
        "present": line,
        "former": str(former),
    }

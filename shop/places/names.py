"""Kinds of administrative unit, and how a unit is named inside an address."""

from django.db import models
from django.utils.translation import get_language, gettext_lazy, gettext_noop, pgettext
from django.utils.translation import gettext as _

from catalogue.text import fold


class UnitKind(models.TextChoices):
    """Kinds of unit, present and former. The first word of an official name says which.

    Since 1/7/2025 there are two tiers: province or city, then commune, ward or special zone
    (NQ 202/2025/QH15 and the province resolutions after it, for Bắc Ninh NQ
    1658/NQ-UBTVQH15). Districts and townships are former kinds only.
    """

    PROVINCE = "tinh", gettext_lazy("Tỉnh")
    CITY = "thanh-pho", gettext_lazy("Thành phố")
    COMMUNE = "xa", gettext_lazy("Xã")
    WARD = "phuong", gettext_lazy("Phường")
    SPECIAL_ZONE = "dac-khu", gettext_lazy("Đặc khu")
    TOWNSHIP = "thi-tran", gettext_lazy("Thị trấn")
    RURAL_DISTRICT = "huyen", gettext_lazy("Huyện")
    URBAN_DISTRICT = "quan", gettext_lazy("Quận")
    TOWN = "thi-xa", gettext_lazy("Thị xã")


#: The official Vietnamese word that opens a full name, whatever the visitor's language.
_OPENING_WORDS = {
    "Tỉnh": UnitKind.PROVINCE,
    "Thành phố": UnitKind.CITY,
    "Xã": UnitKind.COMMUNE,
    "Phường": UnitKind.WARD,
    "Đặc khu": UnitKind.SPECIAL_ZONE,
    "Thị trấn": UnitKind.TOWNSHIP,
    "Huyện": UnitKind.RURAL_DISTRICT,
    "Quận": UnitKind.URBAN_DISTRICT,
    "Thị xã": UnitKind.TOWN,
}


def folded_name(name: str) -> str:
    """Return a place name for searching: folded, apostrophes off (`D’Ran`, `D'Ran`: `dran`)."""
    return fold(name).replace("’", "").replace("'", "")


def split_full_name(full_name: str) -> tuple[UnitKind, str]:
    """Return kind and bare name: "Xã Bắc Lũng" gives (COMMUNE, "Bắc Lũng").

    Raises ValueError when the name does not open with a known kind.
    """
    for opening, kind in _OPENING_WORDS.items():
        if full_name.startswith(opening + " "):
            return kind, full_name[len(opening) + 1 :]
    raise ValueError(f"no kind of unit opens the name {full_name!r}")


#: A unit inside an address: translated one by one, since lists ask for hundreds.
_PHRASES = {
    UnitKind.PROVINCE: gettext_noop("tỉnh %(name)s"),
    UnitKind.CITY: gettext_noop("TP %(name)s"),
    UnitKind.COMMUNE: gettext_noop("xã %(name)s"),
    UnitKind.WARD: gettext_noop("phường %(name)s"),
    UnitKind.SPECIAL_ZONE: gettext_noop("đặc khu %(name)s"),
    UnitKind.TOWNSHIP: gettext_noop("thị trấn %(name)s"),
    UnitKind.RURAL_DISTRICT: gettext_noop("huyện %(name)s"),
    UnitKind.URBAN_DISTRICT: gettext_noop("quận %(name)s"),
    UnitKind.TOWN: gettext_noop("thị xã %(name)s"),
}


def unit_phrase(kind: str, name: str) -> str:
    """Return a unit as it stands inside an address, in the current language.

    "xã Bắc Lũng", "TP Bắc Ninh"; in English "Bắc Lũng Commune", "Bắc Ninh City". English puts
    the kind before a number: "Ward 4", "District 1".
    """
    if name[:1].isdigit():
        template = {
            UnitKind.WARD: pgettext("đánh số", "phường %(name)s"),
            UnitKind.URBAN_DISTRICT: pgettext("đánh số", "quận %(name)s"),
        }.get(UnitKind(kind))
        if template:
            return template % {"name": name}
    return _(_PHRASES[UnitKind(kind)]) % {"name": name}


def named_for_reader(full_name: str) -> str:
    """Return an official full name as readers of the language in use know it.

    "Xã Bắc Lũng" as it is in Vietnamese, "Bắc Lũng Commune" in English; words that open with no
    kind of unit stay as they are.
    """
    if (get_language() or "vi").startswith("vi"):
        return full_name
    try:
        return unit_phrase(*split_full_name(full_name))
    except ValueError:
        return full_name


def hamlet_phrase(hamlet: str) -> str:
    """Return a hamlet as typed ("thôn Nội Chùa", "tổ dân phố 3"), its `thôn` translated."""
    opening, _space, name = hamlet.strip().partition(" ")
    if opening.casefold() == "thôn" and name:
        return _("thôn %(name)s") % {"name": name}
    return hamlet.strip()

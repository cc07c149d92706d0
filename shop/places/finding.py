"""Places by the names that people type into a sheet: without marks, with or without their kind."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from shop.places.models import FormerCommune, Province, Ward
from shop.places.names import folded_name
from shop.places.querysets import without_kinds

#: What some provinces are called as well, folded.
_OTHER_NAMES = {
    "hcm": "ho chi minh",
    "tphcm": "ho chi minh",
    "sai gon": "ho chi minh",
    "hue": "hue",
    "hn": "ha noi",
}
#: Former communes named in one hint.
MOST_HINTS = 3


class PlaceFinder:
    """Finds many places in three queries: made once for a sheet, asked for each row.

    Raises ValidationError, in words for who typed it, when a name is unknown or means several
    places; the name of a commune or province from before 1/7/2025 is answered with today's.
    """

    @cached_property
    def _provinces(self) -> dict[str, Province]:
        return {without_kinds(row.name): row for row in Province.objects.current()}

    @cached_property
    def _wards(self) -> dict[tuple[str, str], list[Ward]]:
        found = defaultdict(list)
        for ward in Ward.objects.current().select_related("province"):
            for name in {folded_name(ward.full_name), folded_name(ward.name)}:
                found[ward.province_id, name].append(ward)
        return found

    @cached_property
    def _former(self) -> dict[str, list[FormerCommune]]:
        found = defaultdict(list)
        for row in FormerCommune.objects.select_related("ward__province").order_by("pk"):
            found[folded_name(row.name)].append(row)
        return found

    @cached_property
    def _former_provinces(self) -> dict[str, Province]:
        return {
            without_kinds(row.former_province): row.ward.province
            for rows in self._former.values()
            for row in rows
        }

    def province(self, typed: str) -> Province:
        name = without_kinds(typed)
        name = _OTHER_NAMES.get(name, name)
        if (found := self._provinces.get(name)) is not None:
            return found
        if (now := self._former_provinces.get(name)) is not None:
            raise ValidationError(
                _("%(typed)s nay thuộc %(now)s.") % {"typed": typed, "now": now.full_name}
            )
        raise ValidationError(_("Không có tỉnh, thành phố “%(typed)s”.") % {"typed": typed})

    def ward(self, typed: str, province: Province) -> Ward:
        folded = " ".join(folded_name(typed).replace(".", ". ").split())
        found = (
            self._wards.get((province.pk, folded))
            or self._wards.get((province.pk, without_kinds(typed)))
            or []
        )
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(ward.full_name for ward in found)
            raise ValidationError(
                _("“%(typed)s” có thể là %(names)s: hãy ghi rõ.") % {"typed": typed, "names": names}
            )
        raise ValidationError(self._not_found(typed, province))

    def _not_found(self, typed: str, province: Province) -> str:
        told = {"typed": typed, "province": province.full_name}
        hints = [
            f"{row} → {row.ward.full_name}"
            for row in self._former.get(without_kinds(typed), [])
            if row.ward.province_id == province.pk
        ]
        words = _("Không có xã, phường “%(typed)s” ở %(province)s.") % told
        if hints:
            words += " " + _("Xã cũ nay là: %(hints)s.") % {"hints": "; ".join(hints[:MOST_HINTS])}
        return words

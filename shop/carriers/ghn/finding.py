"""GHN's district and ward for one of our two-tier wards, by the communes that it was before.

GHN still parts provinces into districts; ours ended on 1/7/2025 (NQ 202/2025/QH15). What is found
is kept (`GhnPlace`); GHN's lists are kept in the cache for a day.
"""

import re
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from shop.carriers.base import PlaceUnknown
from shop.carriers.ghn import client
from shop.carriers.ghn.places import GhnPlace
from shop.places.models import FormerCommune, Ward
from shop.places.names import folded_name

KEPT_SECONDS = 24 * 60 * 60
_KIND = re.compile(r"^(tinh|thanh pho|tp|quan|huyen|thi xa|thi tran|phuong|xa|dac khu)\.? ")


def place_of(ward: Ward, side: str) -> GhnPlace:
    """The place of a ward at GHN, kept or found now.

    Raises PlaceUnknown, with what it may be, where that is not sure; GhnError where GHN does not
    answer.
    """
    kept = GhnPlace.objects.filter(ward=ward).first()
    if kept is not None:
        return kept
    found = places_that_were(ward)
    same = [each for each in found if _bare(each.ward_name) == _bare(ward.name)]
    sure = same if len(same) == 1 else found
    # One of several communes may be all that GHN has under the old name: that is not sure.
    if len(sure) != 1 or (not same and FormerCommune.objects.filter(ward=ward).count() > 1):
        raise PlaceUnknown(
            side,
            _("GHN chưa biết %(ward)s theo tên mới. Hãy chọn xã, phường theo GHN.")
            % {"ward": ward.present_address},
        )
    place, _made = GhnPlace.objects.get_or_create(ward=ward, defaults=values_of(sure[0]))
    return place


def code_of(place: GhnPlace) -> str:
    """`1451/20308`: how a place is chosen in a form."""
    return f"{place.district_id}/{place.ward_code}"


def name_of(place: GhnPlace) -> str:
    return ", ".join((place.ward_name, place.district_name, place.province_name))


def values_of(place: GhnPlace) -> dict[str, Any]:
    names = ("province_name", "district_id", "district_name", "ward_code", "ward_name")
    return {name: getattr(place, name) for name in names}


def places_that_were(ward: Ward) -> list[GhnPlace]:
    """Where GHN has the communes that made up this ward."""
    found: dict[str, GhnPlace] = {}
    for former in FormerCommune.objects.filter(ward=ward).order_by("pk"):
        province = _named(former.former_province, _provinces(), "ProvinceName")
        if province is None:
            continue
        number = int(province["ProvinceID"])
        district = _named(former.former_district, _districts(number), "DistrictName")
        if district is None:
            continue
        own = _named(former.name, _wards(int(district["DistrictID"])), "WardName")
        if own is None:
            continue
        place = GhnPlace(
            ward=ward,
            province_name=str(province["ProvinceName"])[:100],
            district_id=int(district["DistrictID"]),
            district_name=str(district["DistrictName"])[:100],
            ward_code=str(own["WardCode"])[:20],
            ward_name=str(own["WardName"])[:100],
        )
        found.setdefault(code_of(place), place)
    return list(found.values())


def _named(name: str, rows: list[dict[str, Any]], key: str) -> dict[str, Any] | None:
    """The row of that name; by the other names that GHN keeps where its own is another."""
    wanted = _bare(name)
    for row in rows:
        if _bare(str(row.get(key, ""))) == wanted:
            return row
    for row in rows:
        if wanted in {_bare(str(each)) for each in row.get("NameExtension") or []}:
            return row
    return None


def _bare(name: str) -> str:
    return _KIND.sub("", folded_name(name).strip())


def _provinces() -> list[dict[str, Any]]:
    return _kept("provinces", client.provinces)


def _districts(province_id: int) -> list[dict[str, Any]]:
    return _kept(f"districts-{province_id}", lambda: client.districts(province_id))


def _wards(district_id: int) -> list[dict[str, Any]]:
    return _kept(f"wards-{district_id}", lambda: client.wards(district_id))


def _kept(what: str, ask: Callable[[], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    key = f"ghn:{what}"
    rows: list[dict[str, Any]] | None = cache.get(key)
    if rows is None:
        rows = ask()
        cache.set(key, rows, KEPT_SECONDS)
    return rows

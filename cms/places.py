"""What became of an old commune or district, for its page."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps

from cms.addresses import page_path
from cms.remembered import remembered

if TYPE_CHECKING:
    from cms.models import PlacePage


@dataclass(frozen=True)
class PresentUnit:
    """A ward or commune of today, and the old communes that it was made of."""

    name: str
    address: str
    former: list[str]


@dataclass(frozen=True)
class PlaceLink:
    """A place as other pages name it; `present`: its unit of today, empty where none is known."""

    title: str
    url: str
    present: str


def live_place(key: int | None) -> PlaceLink | None:
    """A place that has a live page, remembered; None for any other."""
    return remembered(f"place:{key}", lambda: _live_place(key)) if key else None


def _live_place(key: int | None) -> PlaceLink | None:
    PlacePage = apps.get_model("cms", "PlacePage")
    pages = PlacePage.objects.live().select_related("ward__province")
    place = pages.filter(pk=key).first()
    if place is None:
        return None
    present = place.ward.present_address if place.ward else ""
    return PlaceLink(place.title, page_path(place), present)


def merged_communes(place: "PlacePage") -> list[str]:
    """Names of the old communes that share this place's present unit, itself among them."""
    if not place.ward_id:
        return []
    FormerCommune = apps.get_model("places", "FormerCommune")
    return list(
        FormerCommune.objects.filter(ward_id=place.ward_id)
        .order_by("folded")
        .values_list("name", flat=True)
    )


def present_units(place: "PlacePage") -> list[PresentUnit]:
    """The present units of an old district, each with its old communes; none for a commune."""
    if place.former_commune_id or not place.former_district:
        return []
    FormerCommune = apps.get_model("places", "FormerCommune")
    of_ward: dict[Any, list[str]] = defaultdict(list)
    communes = FormerCommune.objects.of_district(place.former_district, place.former_province)
    for commune in communes.select_related("ward__province").order_by("folded"):
        of_ward[commune.ward].append(commune.name)
    return [
        PresentUnit(ward.phrase, ward.present_address, former) for ward, former in of_ward.items()
    ]


def ward_phrases(keys: Collection[str]) -> list[str]:
    """Present wards and communes as sentences name them, remembered; unknown ones left out."""
    wanted = ",".join(sorted(keys))

    def read() -> list[str]:
        Ward = apps.get_model("places", "Ward")
        return [ward.phrase for ward in Ward.objects.filter(pk__in=keys).order_by("folded", "pk")]

    return remembered(f"wards:{wanted}", read) if wanted else []

"""What became of an old commune or district, for its page."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps

if TYPE_CHECKING:
    from cms.models import PlacePage


@dataclass(frozen=True)
class PresentUnit:
    """A ward or commune of today, and the old communes that it was made of."""

    name: str
    address: str
    former: list[str]


def live_place(key: int | None) -> "PlacePage | None":
    """The page of a place with its present unit, in one query; None when it is not live."""
    if not key:
        return None
    PlacePage = apps.get_model("cms", "PlacePage")
    return PlacePage.objects.live().select_related("ward__province").filter(pk=key).first()


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

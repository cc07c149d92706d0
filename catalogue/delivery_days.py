"""How long delivery takes at most, by the shop's own tables (`shipping`), kept for a few minutes.

For shelves and deadlines, where a rough number is asked of many things at once; what a buyer is
promised is reckoned for each parcel by the shop.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.utils import timezone

KEPT_SECONDS = 5 * 60
PREPARING, ON_THE_WAY = "preparing", "way"


def longest_preparing() -> int:
    """Working days until a parcel is handed over, at most."""
    key = _key(PREPARING)
    days: int | None = cache.get(key)
    if days is None:
        rules: Any = apps.get_model("shipping", "DeliveryRules")._default_manager
        days = rules.in_force(timezone.localdate()).preparing_most
        cache.set(key, days, KEPT_SECONDS)
    return days


def longest_way(zone: str) -> int:
    """Days on the way to a zone, at most. Raises KeyError for a zone of which nobody knows."""
    key = _key(f"{ON_THE_WAY}-{zone}")
    days: int | None = cache.get(key)
    if days is None:
        rates: Any = apps.get_model("shipping", "ZoneRate")._default_manager
        days = rates.longest_days(zone, timezone.localdate())
        cache.set(key, days, KEPT_SECONDS)
    return days


def forget_delivery_days(zones: Iterable[str]) -> None:
    """The tables changed: read them anew."""
    cache.delete_many([_key(PREPARING), *(_key(f"{ON_THE_WAY}-{zone}") for zone in zones)])


def _key(what: str) -> str:
    return f"delivery-days:{timezone.localdate()}:{what}"

"""The carriers that this shop knows, from `settings.CARRIERS`, in that order."""

from functools import lru_cache

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from shop.carriers.base import Carrier


@lru_cache(maxsize=1)
def all_carriers() -> tuple[Carrier, ...]:
    """Every carrier of the settings. Raises ImportError naming a wrong path."""
    carriers = tuple(import_string(path)() for path in settings.CARRIERS)
    codes = [carrier.code for carrier in carriers]
    if len(set(codes)) != len(codes):
        raise ValueError(f"two carriers share a code: {codes}")
    return carriers


def carrier_of(code: str) -> Carrier | None:
    """The carrier with this code, set up; None for any other."""
    return next((each for each in all_carriers() if each.code == code and each.is_set_up()), None)


def carriers_to_call() -> list[Carrier]:
    """Those that come when they are called."""
    return [each for each in all_carriers() if each.comes_when_called and each.is_set_up()]


def tracking_url(carrier: str, number: str) -> str:
    """Where a parcel that was handed to `carrier`, by its name, can be followed; or empty."""
    found = next((each for each in all_carriers() if each.label == carrier), None)
    return found.tracking_url(number) if found is not None and number else ""


def _forget(*, setting: str, **_signal: object) -> None:
    if setting == "CARRIERS":
        all_carriers.cache_clear()


setting_changed.connect(_forget, dispatch_uid="carriers-registry")

"""What the worker forgets once its time is over (`KEEP_YEARS`, `KEEP_DAYS` in the settings)."""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.utils.module_loading import import_string

#: Functions without arguments that say how much they forgot; each safe twice and at once.
FORGETTING = (
    "shop.users.devices.forget_old_devices",
    "shop.users.keeping.forget_old_sign_ins",
    "shop.communication.personal.forget_old_letters",
    "shop.basket.personal.forget_old_recipients",
    "shop.personal.exporting.make_waiting",
    "shop.personal.exporting.forget_old_exports",
    "shop.personal.anonymising.anonymise_due",
)
#: Between two rounds, seconds: terms are days and years.
ROUND_SECONDS = 60 * 60
_KEY = "personal:forgotten"


def forget_what_is_over() -> int:
    """Job of the worker, once an hour. How many rows were forgotten."""
    if not cache.add(_KEY, 1, ROUND_SECONDS):
        return 0
    return sum(_run(path) for path in FORGETTING)


def _run(path: str) -> int:
    forget: Callable[[], int] = import_string(path)
    return forget()


def years_of(kind: str) -> int:
    """How many years a kind is kept after its last step."""
    return settings.KEEP_YEARS[kind][0]

"""Choices of provinces and wards for forms, kept in the cache."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shop.places.data import lists_version
from shop.places.models import Province, Ward
from shop.places.names import named_for_reader

Choices = list[tuple[str, str]]
#: What an empty select of wards says.
WARD_PLACEHOLDER = _("Chọn xã, phường")
_KEPT_SECONDS = 60 * 60


def province_choices() -> Choices:
    """Return (code, name as readers know it) of every present province, A to Z without marks."""
    return _kept("provinces", Province.objects.current)


def ward_choices(province_code: str) -> Choices:
    """Return (code, name) of the present wards of a province; empty if it is unknown."""
    if not (province_code.isascii() and province_code.isdigit() and len(province_code) <= 5):
        return []
    return _kept(province_code, lambda: Ward.objects.in_province(province_code))


def _kept(what: str, places: Callable[[], QuerySet[Province] | QuerySet[Ward]]) -> Choices:
    choices: Choices | None = cache.get(_key(what))
    if choices is None:
        # Sorted here: databases disagree whether a space counts ("Đà Nẵng", "Đắk Lắk").
        rows = sorted(places().values_list("folded", "code", "full_name"))
        choices = [(code, full_name) for _folded, code, full_name in rows]
        if choices:
            cache.set(_key(what), choices, _KEPT_SECONDS)
    return list(_named(tuple(choices), get_language()))


@lru_cache(maxsize=256)
def _named(choices: tuple[tuple[str, str], ...], _language: str | None) -> Choices:
    return [(code, named_for_reader(full_name)) for code, full_name in choices]


def forget_choices(**_signal: Any) -> None:
    """Drop the kept choices now, and again once the running transaction is visible."""
    _drop()
    transaction.on_commit(_drop)


def forget_choices_on_change() -> None:
    """Keep the choices true when a place is edited one by one, as in an admin."""
    for model in (Province, Ward):
        for signal in (post_save, post_delete):
            signal.connect(forget_choices, sender=model, dispatch_uid="places-choices")


def _drop() -> None:
    codes = Province.objects.values_list("code", flat=True)
    cache.delete_many([_key("provinces"), *map(_key, codes)])


def _key(what: str) -> str:
    return f"places:{lists_version()}:{what}"

"""Bring the tables of places up to the vendored lists."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from shop.places.choices import forget_choices
from shop.places.data import PlaceLists, lists_version, read_lists
from shop.places.models import Findable, FormerCommune, LoadedList, Province, Ward
from shop.places.names import split_full_name
from shop.places.regions import region_of

_BATCH_ROWS = 500
Progress = Callable[[str, int], None]


@dataclass
class LoadResult:
    """How many rows of each kind were added, changed, and set aside as no longer current."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    retired: int = 0


def is_up_to_date() -> bool:
    """Tell whether the tables hold the vendored lists, by version and by row count."""
    loaded = LoadedList.objects.order_by("-loaded_at").first()
    if loaded is None or loaded.version != lists_version():
        return False
    lists = read_lists()
    return (
        Province.objects.current().count() == len(lists.provinces)
        and Ward.objects.current().count() == len(lists.wards)
        and FormerCommune.objects.count() >= len(lists.former_communes)
    )


@transaction.atomic
def load_lists(lists: PlaceLists | None = None, on_progress: Progress | None = None) -> LoadResult:
    """Add what is missing and correct what differs, in one transaction.

    Nothing is ever deleted, since orders and producers point to places: a province or ward
    that is no longer listed only stops being current. Running it again changes nothing.
    `on_progress` gets a table's name and the number of rows just done.
    """
    version = lists_version() if lists is None else ""
    lists = lists or read_lists()
    result = LoadResult()
    _upsert(Province, ["code"], _provinces(lists), result, on_progress)
    _upsert(Ward, ["code"], _wards(lists), result, on_progress)
    identity = [
        "former_province",
        "former_district",
        "former_district_kind",
        "kind",
        "name",
    ]
    _upsert(FormerCommune, identity, _former_communes(lists), result, on_progress)
    result.retired = _retire(Ward, {row[0] for row in lists.wards})
    result.retired += _retire(Province, {row[0] for row in lists.provinces})
    if version:
        LoadedList.objects.update_or_create(version=version, defaults={"loaded_at": timezone.now()})
    forget_choices()
    return result


def _provinces(lists: PlaceLists) -> list[Province]:
    rows = []
    for code, full_name, kind, legal_note in lists.provinces:
        name = split_full_name(full_name)[1]
        rows.append(
            Province(
                code=code,
                name=name,
                full_name=full_name,
                kind=kind,
                region=region_of(code),
                legal_note=legal_note,
                is_current=True,
            )
        )
    return rows


def _wards(lists: PlaceLists) -> list[Ward]:
    rows = []
    for code, province_code, full_name, kind, legal_note in lists.wards:
        name = split_full_name(full_name)[1]
        rows.append(
            Ward(
                code=code,
                province_id=province_code,
                name=name,
                full_name=full_name,
                kind=kind,
                legal_note=legal_note,
                is_current=True,
            )
        )
    return rows


def _former_communes(lists: PlaceLists) -> list[FormerCommune]:
    rows = []
    for full_name, district, province, ward_code in lists.former_communes:
        kind, name = split_full_name(full_name)
        district_kind, district_name = split_full_name(district)
        province_kind, province_name = split_full_name(province)
        rows.append(
            FormerCommune(
                name=name,
                kind=kind,
                former_district=district_name,
                former_district_kind=district_kind,
                former_province=province_name,
                former_province_kind=province_kind,
                ward_id=ward_code,
            )
        )
    return rows


def _upsert(
    model: type[Findable],
    identity: list[str],
    rows: Sequence[Findable],
    result: LoadResult,
    on_progress: Progress | None,
) -> None:
    """Write the rows that are new or differ; `identity` names the fields that tell them apart."""
    table = model._meta.model_name or ""
    columns = [f.attname for f in model._meta.concrete_fields if f.attname != "id"]
    values = [name for name in columns if name not in identity]
    stored: dict[tuple[Any, ...], tuple[Any, ...]] = {
        row[: len(identity)]: row[len(identity) :]
        for row in model._default_manager.values_list(*identity, *values)
    }
    new, differing = [], []
    for row in rows:
        row.fold_names()
        held = stored.get(tuple(getattr(row, name) for name in identity))
        if held is None:
            new.append(row)
        elif held != tuple(getattr(row, name) for name in values):
            differing.append(row)
    result.added[table], result.changed[table] = len(new), len(differing)
    if on_progress:
        on_progress(table, len(rows) - len(new) - len(differing))
    writable = [f.name for f in model._meta.concrete_fields if f.attname in values]
    pending = new + differing
    for start in range(0, len(pending), _BATCH_ROWS):
        batch = pending[start : start + _BATCH_ROWS]
        # Conflicts are updated for new rows too: a second loader may have been faster.
        model._default_manager.bulk_create(
            batch, update_conflicts=True, unique_fields=identity, update_fields=writable
        )
        if on_progress:
            on_progress(table, len(batch))


def _retire(model: type[Province] | type[Ward], listed: set[str]) -> int:
    held = set(model._default_manager.filter(is_current=True).values_list("pk", flat=True))
    gone = sorted(held - listed)
    if gone:
        model._default_manager.filter(pk__in=gone).update(is_current=False)
    return len(gone)

"""Today's shelf: read once by each process, then mended by what the log of changes tells."""

import threading
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.apps import apps
from django.db.models import DateTimeField, Min, Q
from django.utils import timezone

from catalogue.boxes.contents import boxes_holding
from catalogue.browse.changes import KEPT
from catalogue.browse.models import ListingChange
from catalogue.browse.shelf import Shelf, load_shelf, read_names, read_rows
from catalogue.written import Asked, Written

#: A change is written before its transaction ends: one so old is seen by all, whenever it began.
LONGEST_TRANSACTION = timedelta(minutes=2)
#: From so many changed products on, reading all is less work; small shops are read whole anyway.
MOST_MENDED = 300


@dataclass(frozen=True)
class _Kept:
    """A shelf, when it was read, which changes it knows, when a sale begins or ends next."""

    shelf: Shelf
    day: date
    read_at: datetime
    applied: frozenset[int]
    next_sale: datetime | None


_kept: _Kept | None = None
_lock = threading.Lock()


def shelf_today() -> Shelf:
    """The shelf as it is now. One query while nothing changes."""
    return _kept_today().shelf


def next_turn() -> datetime | None:
    """When a sale begins or ends next. One query while nothing changes."""
    return _kept_today().next_sale


def _kept_today() -> _Kept:
    global _kept
    with _lock:
        now = timezone.now()
        today = timezone.localdate(now)
        kept = _kept
        if kept is None or now - kept.read_at > KEPT or _is_new_month(kept, today):
            kept = _read(today, now)
        else:
            kept = _brought_up_to_date(kept, today, now)
        _kept = kept
        return kept


def forget_shelf() -> None:
    """Read it anew next time."""
    global _kept
    with _lock:
        _kept = None


def _read(day: date, now: datetime) -> _Kept:
    # The log before the goods: a change between is read twice, not missed.
    known = frozenset(pk for pk, _kind, _product in _changes_since(now))
    return _Kept(load_shelf(day), day, now, known, _next_sale(now))


def _is_new_month(kept: _Kept, today: date) -> bool:
    """Seasons are told by month: many products change at once."""
    return (kept.day.year, kept.day.month) != (today.year, today.month)


def _brought_up_to_date(kept: _Kept, today: date, now: datetime) -> _Kept:
    seen = _changes_since(kept.read_at)
    new = [change for change in seen if change[0] not in kept.applied]
    keys = {product for _pk, _kind, product in new if product is not None}
    kinds = {kind for _pk, kind, _product in new}
    sale_turns = kept.next_sale is not None and kept.next_sale <= now
    if sale_turns:
        keys |= _on_sale_between(kept.read_at, now)
    if kept.day != today:
        keys |= _certified_between(kept.day, today) | _all_boxes()
    if ListingChange.Kind.ALL in kinds or len(keys) > MOST_MENDED:
        return _read(today, now)
    shelf = kept.shelf
    if keys:
        shelf = shelf.mended(keys, read_rows(today, keys))
    if kinds:
        # A product may have come from a producer or commune that nothing else is of.
        shelf = shelf.renamed(read_names(shelf.options))
    next_sale = _next_sale(now) if keys or sale_turns else kept.next_sale
    return replace(
        kept,
        shelf=shelf,
        day=today,
        read_at=now,
        applied=frozenset(pk for pk, _kind, _product in seen),
        next_sale=next_sale,
    )


def _changes_since(moment: datetime) -> list[tuple[int, str, int | None]]:
    return _CHANGES.rows(since=moment - LONGEST_TRANSACTION)


#: Every list and product's page asks it.
_CHANGES = Written(
    lambda: ListingChange.objects.filter(at__gt=Asked("since", DateTimeField())).values_list(
        "pk", "kind", "product_id"
    )
)


def _next_sale(now: datetime) -> datetime | None:
    """When a sale price begins or ends next."""
    stock = apps.get_model("partner", "StockRecord").objects.filter(sale_price__isnull=False)
    found = stock.aggregate(
        starts=Min("sale_starts_at", filter=Q(sale_starts_at__gt=now)),
        ends=Min("sale_ends_at", filter=Q(sale_ends_at__gt=now)),
    )
    return min((moment for moment in found.values() if moment), default=None)


def _certified_between(start: date, end: date) -> set[int]:
    """Products with a certificate that begins or ends after `start`, until `end`."""
    turned = Q()
    for field in ("decided_on", "expires_on", "extended_until", "revoked_on"):
        turned |= Q(**{f"{field}__gt": start, f"{field}__lte": end})
    dossiers = apps.get_model("catalogue", "Certificate").objects.filter(turned)
    return set(dossiers.values_list("product_id", flat=True))


def _on_sale_between(start: datetime, end: datetime) -> set[int]:
    """Products whose sale begins or ends in this time."""
    turned = Q(sale_starts_at__gt=start, sale_starts_at__lte=end) | Q(
        sale_ends_at__gt=start, sale_ends_at__lte=end
    )
    stock = apps.get_model("partner", "StockRecord").objects.filter(turned)
    rows = stock.values_list("product_id", "product__parent_id")
    keys = {parent or own for own, parent in rows}
    return keys | boxes_holding(keys)


def _all_boxes() -> set[int]:
    """With a new day something in a box may no longer keep long enough."""
    items = apps.get_model("catalogue", "BoxItem").objects
    return set(items.values_list("box_id", flat=True).distinct())

"""Whether goods still keep when they arrive: by the lots they would be packed from, or their label.

What is not told, a shelf life or the date of a lot, is not guessed: such goods keep.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import DateField, OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalogue.among import keys_value
from catalogue.models import Lot, Product
from catalogue.written import Asked, Written
from shop.shipping.parcels import ParcelPlan
from shop.shipping.pieces import Piece
from shop.shipping.promise import Promise


@dataclass(frozen=True)
class LotAtHand:
    """A lot on sale with what is not packed yet of it; None where nobody counted."""

    lot: Lot
    left: int | None


LotsAtHand = Mapping[int, list[LotAtHand]]


def lots_at_hand(plans: Iterable[ParcelPlan]) -> LotsAtHand:
    """Lots on sale today of all that is in these parcels, by product key, in one query."""
    keys = {_key(piece.product) for plan in plans for piece in plan.pieces}
    found: dict[int, list[LotAtHand]] = {}
    lots = _LOTS.rows(today=timezone.localdate(), products=keys_value(keys, connection.vendor))
    for lot in lots:
        left = max(0, lot.quantity - (lot.taken or 0)) if lot.quantity else None
        found.setdefault(lot.product_id, []).append(LotAtHand(lot, left))
    return found


def _lots_with_what_is_taken() -> QuerySet[Lot]:
    lines: Any = apps.get_model("order", "Line")._default_manager
    taken = (
        lines.filter(lot=OuterRef("pk"))
        .exclude(parcel__status__in=("cancelled", "returned"))
        .order_by()
        .values("lot")
        .annotate(n=Sum("quantity"))
        .values("n")
    )
    today: Any = Asked("today", DateField())
    on_sale = Lot.objects.on_sale(today)
    return on_sale.filter(product__among=Asked("products")).annotate(taken=Subquery(taken))


_LOTS = Written(_lots_with_what_is_taken)


def has_life_left(lot: Lot, day: date, percent: int) -> bool:
    """The lot keeps `percent` of its whole life beyond that day."""
    if lot.best_before is None:
        return True
    life = (lot.best_before - lot.produced_on).days
    return (lot.best_before - day).days >= ceil(life * percent / 100)


def what_spoils(plan: ParcelPlan, promised: Promise, lots: LotsAtHand, percent: int) -> str:
    """Why some of a parcel would not keep until its latest day, in words; empty when all does."""
    for piece in plan.pieces:
        if piece.is_wrapping or _box_says(piece):
            continue
        at_hand = lots.get(_key(piece.product), [])
        if at_hand:
            words = _lots_end(piece, at_hand, promised.latest, percent)
        else:
            words = _made_fresh_ends(piece, promised, percent)
        if words:
            return words
    return ""


def _box_says(piece: Piece) -> bool:
    """Its box names the days it must keep, and checks them itself (`shop.giving.dates`)."""
    return piece.contents is not None and bool(piece.contents.gift.min_days_left)


def _lots_end(piece: Piece, at_hand: list[LotAtHand], day: date, percent: int) -> str:
    enough = [each for each in at_hand if each.left is None or each.left >= piece.quantity]
    lots = [each.lot for each in enough or at_hand]
    if any(has_life_left(lot, day, percent) for lot in lots):
        return ""
    ends = max(lot.best_before for lot in lots if lot.best_before is not None)
    return _("%(title)s đang bán có hạn dùng đến %(ends)s, mà kiện có thể đến ngày %(day)s.") % {
        "title": piece.product.display_title,
        "ends": date_format(ends, "SHORT_DATE_FORMAT"),
        "day": date_format(day, "MONTH_DAY_FORMAT"),
    }


def _made_fresh_ends(piece: Piece, promised: Promise, percent: int) -> str:
    """Without a dated lot: as made on the day on which it leaves."""
    life = piece.product.fact("shelf_life_days")
    way = (promised.latest - promised.leaves).days
    if not life or life - way >= ceil(life * percent / 100):
        return ""
    return _("%(title)s dùng trong %(life)s ngày, mà đường đi có thể mất %(way)s ngày.") % {
        "title": piece.product.display_title,
        "life": life,
        "way": way,
    }


def _key(product: Product) -> int:
    return product.parent_id or product.pk

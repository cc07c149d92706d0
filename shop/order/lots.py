"""Which lot a line was packed from: the first to expire goes out first; a recalled one stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.models import Lot
from shop.order.letters import write_recalled_letter
from shop.order.models import Line, Order, Parcel
from shop.order.steps import StepNotPossible
from shop.partner.models import StockRecord
from shop.shipping.keeping import has_life_left
from shop.shipping.rules import DeliveryRules

#: Parcels that still lie with their producer.
NOT_GONE = (Parcel.Status.NEW, Parcel.Status.PACKING)
GONE = (Parcel.Status.SHIPPED, Parcel.Status.DELIVERED)


def taken_from(lot: Lot) -> int:
    """Pieces of a lot that lines were packed from, those that came back for sale not counted."""
    taken = Line.objects.filter(lot=lot).exclude(
        parcel__status__in=(Parcel.Status.CANCELLED, Parcel.Status.RETURNED)
    )
    back = lot.return_lines.aggregate(n=Sum("restocked"))["n"] or 0
    return (taken.aggregate(n=Sum("quantity"))["n"] or 0) - back


def left_in(lot: Lot) -> int | None:
    """Pieces of a lot not yet packed; None where nobody said how many were made."""
    return max(0, lot.quantity - taken_from(lot)) if lot.quantity else None


def freeze_lots(parcel: Parcel, day: date | None = None) -> None:
    """Give each line of `parcel` its lot, the first to expire that holds all of it.

    One that will not have life enough left when the parcel arrives comes last. Lines that have one
    keep it; goods without lots go on without. Call it under the order's lock.
    """
    day = day or timezone.localdate()
    percent = DeliveryRules.objects.in_force(day).least_life_percent
    arrives = parcel.promised_to or day
    for line in parcel.lines.select_related("product", "box").order_by("pk"):
        product = line.product
        if line.lot_id or product is None or line.is_wrapping:
            continue
        good_until = line.box.good_until if line.box else None
        key = product.parent_id or product.pk
        # Locked, in key order: two parcels must not both take what is left of one.
        list(Lot.objects.select_for_update().filter(product=key).order_by("pk").values_list("pk"))
        lots = Lot.objects.on_sale(day).filter(product=key)
        for lot in sorted(lots, key=lambda lot: not has_life_left(lot, arrives, percent)):
            if good_until and not lot.keeps_until(good_until):
                continue
            left = left_in(lot)
            if left is None or left >= line.quantity:
                Line.objects.filter(pk=line.pk).update(lot=lot)
                break


def lots_for(lines: Iterable[Line]) -> dict[int, list[Lot]]:
    """Lots that lines may be packed from today, by the line's key, the first to expire first."""
    keys = {line.pk: line.product.parent_id or line.product.pk for line in lines if line.product}
    found: dict[int, list[Lot]] = {}
    for lot in Lot.objects.on_sale(timezone.localdate()).filter(product__in=set(keys.values())):
        found.setdefault(lot.product_id, []).append(lot)
    return {line: found.get(product, []) for line, product in keys.items()}


@transaction.atomic
def pack_from(parcel: Parcel, line: int, lot: Lot) -> None:
    """Note that a line is packed from this lot, until the parcel has left.

    Raises StepNotPossible for a lot of another product, one that is recalled or out of date, or
    one with too little left.
    """
    Order.objects.select_for_update().get(pk=parcel.order_id)
    locked = Parcel.objects.select_for_update().get(pk=parcel.pk)
    if locked.status not in NOT_GONE:
        raise StepNotPossible(_("Kiện đã gửi thì lô giữ nguyên."))
    packed = locked.lines.select_related("product").get(pk=line)
    Lot.objects.select_for_update().get(pk=lot.pk)
    if lot.pk not in {each.pk for each in lots_for([packed]).get(packed.pk, [])}:
        raise StepNotPossible(_("Lô này không dùng được cho món này."))
    left = left_in(lot)
    if packed.lot_id != lot.pk and left is not None and left < packed.quantity:
        raise StepNotPossible(_("Lô này chỉ còn %(n)s.") % {"n": left})
    Line.objects.filter(pk=packed.pk).update(lot=lot)


@dataclass(frozen=True)
class Recall:
    """What a recall did: pieces taken off the stock, buyers written to."""

    taken_off: int
    written_to: int


@transaction.atomic
def recall(lot: Lot, reason: str, *, day: date | None = None) -> Recall:
    """Take a lot back (Luật An toàn thực phẩm 55/2010/QH12, art. 55): say so, stop it, tell buyers.

    What is unsold of it leaves the stock, never below what is promised; lines not yet handed over
    lose it; each order that got some of it is written to once. Harmless when done twice.
    """
    locked = Lot.objects.select_for_update().get(pk=lot.pk)
    if locked.recalled_on:
        return Recall(0, 0)
    left = left_in(locked)
    locked.recalled_on, locked.recall_reason = day or timezone.localdate(), reason
    locked.save(update_fields=["recalled_on", "recall_reason"])
    taken_off = _take_off(locked, left or 0)
    Line.objects.filter(lot=locked, parcel__status__in=NOT_GONE).update(lot=None)
    orders = Order.objects.filter(lines__lot=locked, parcels__status__in=GONE).distinct()
    for order in orders.order_by("pk"):
        write_recalled_letter(order, locked)
    return Recall(taken_off, len(orders))


def _take_off(lot: Lot, pieces: int) -> int:
    """So many fewer in stock; how many it could be. Variants are counted in their own sizes."""
    if not pieces or lot.product.is_parent:
        return 0
    record = StockRecord.objects.filter(product=lot.product).order_by("pk").first()
    if record is None:
        return 0
    promised = Coalesce(F("num_allocated"), 0)
    before = record.net_stock_level
    StockRecord.objects.filter(pk=record.pk).update(
        num_in_stock=Greatest(F("num_in_stock") - pieces, promised), date_updated=timezone.now()
    )
    record.refresh_from_db()
    record.post_save_signal()
    return before - record.net_stock_level


def lines_of(lot: Lot) -> Any:
    """Lines that were handed over with goods of this lot, with their order and parcel."""
    return (
        Line.objects.filter(lot=lot, parcel__status__in=GONE)
        .select_related("order__shipping_address", "parcel")
        .order_by("-parcel__shipped_at", "pk")
    )

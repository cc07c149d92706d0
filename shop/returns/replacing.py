"""Goods sent anew in the place of bad ones: a parcel that follows, at no cost to the buyer."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import F, Max
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from shop.order.fulfilment import follow_parcels
from shop.order.letters import tell_sender
from shop.order.models import Line, Order, Parcel
from shop.partner.models import StockRecord
from shop.returns.errors import CannotDecide
from shop.returns.models import ReturnLine, ReturnRequest
from shop.settlements.entering import part_of

NOTHING = Decimal(0)
FREE = (
    "line_price_incl_tax",
    "line_price_excl_tax",
    "line_price_before_discounts_incl_tax",
    "line_price_before_discounts_excl_tax",
    "unit_price_incl_tax",
    "unit_price_excl_tax",
)


def send_anew(asked: ReturnRequest, rows: Sequence[ReturnLine], order: Order) -> Parcel:
    """Write a parcel with the agreed pieces, their stock promised. Call it under the order's lock.

    The producer supplies them at no price when it bears the loss, else at the old one. Raises
    CannotDecide when the stock does not hold them. `rows` come in stock-record order.
    """
    old = asked.parcel
    last = order.parcels.aggregate(last=Max("position"))["last"] or 0
    parcel = Parcel.objects.create(
        order=order,
        producer=old.producer,
        recipient_id=old.recipient_id,
        position=last + 1,
        method_code=old.method_code,
        method_name=old.method_name,
        weight_grams=0,
        is_chilled=old.is_chilled,
        charge=NOTHING,
        charge_breakdown={"replaces": old.position},
    )
    for row in rows:
        if not _promised(row.line, row.agreed):
            raise CannotDecide(
                _("Kho không còn đủ “%(title)s” để gửi bù. Hãy hoàn tiền.")
                % {"title": row.line.title}
            )
        _copy(row.line, row.agreed, parcel, paid=asked.borne_by == ReturnRequest.Bearer.SHOP)
    follow_parcels(order)
    tell_sender(parcel, _told, key=f"anew:{parcel.pk}", text=asked.words)
    return parcel


def _told(parcel: str) -> str:
    return _("Kiện gửi bù cần đóng: %(parcel)s.") % {"parcel": parcel}


def _promised(line: Line, quantity: int) -> bool:
    """Hold the pieces, by the same conditional update as an order's; nothing is held uncounted."""
    record = line.stockrecord
    if record is None:
        return False
    if not record.can_track_allocations:
        return True
    return bool(
        StockRecord.objects.filter(
            pk=record.pk, num_in_stock__gte=Coalesce(F("num_allocated"), 0) + quantity
        ).update(num_allocated=Coalesce(F("num_allocated"), 0) + quantity)
    )


def _copy(line: Line, quantity: int, parcel: Parcel, *, paid: bool) -> Line:
    counted = line.stockrecord is not None and line.stockrecord.can_track_allocations
    anew = Line.objects.get(pk=line.pk)
    supplied = part_of(line, quantity) if paid else NOTHING
    anew.pk = None
    anew._state.adding = True
    for name in FREE:
        setattr(anew, name, NOTHING)
    anew.quantity = quantity
    anew.num_allocated = quantity if counted else 0
    anew.allocation_cancelled = False
    anew.supply_price = supplied
    anew.parcel, anew.status = parcel, parcel.status
    # No sale: neither a page's nor a campaign's, nor of the box that the first one lay in.
    anew.from_page, anew.from_campaign = None, ""
    anew.lot, anew.box = None, None
    anew.save()
    return anew

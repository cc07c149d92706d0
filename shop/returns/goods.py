"""What came back: sound goods may be sold again, the rest is written off."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.models import Lot
from catalogue.models.lot import LotState
from shop.order.models import Line, Order
from shop.partner.models import StockRecord
from shop.payment.models import Payment
from shop.payment.trail import Kind, record
from shop.returns.errors import NotPossible
from shop.returns.models import ReturnLine, ReturnRequest
from shop.returns.rules import is_sound, rules

Goods = ReturnRequest.Goods


@dataclass(frozen=True)
class Back:
    """So many pieces of one line are sound, into which lot; the rest of it is written off."""

    sound: int = 0
    lot: int | None = None


@transaction.atomic
def goods_came(asked: ReturnRequest, back: Mapping[int, Back], *, by: Any) -> ReturnRequest:
    """Enter what came back, by the key of the request's lines; a second time changes nothing.

    Raises NotPossible for a request that awaits nothing, for perishables or spoilt goods put back,
    and for a lot that is recalled, out of date or another product's.
    """
    Order.objects.select_for_update().get(pk=asked.order_id)
    locked = ReturnRequest.objects.select_for_update().get(pk=asked.pk)
    if locked.goods == Goods.CAME:
        return locked
    if locked.goods != Goods.AWAITED:
        raise NotPossible(_("Yêu cầu này không chờ hàng gửi lại."))
    known = rules()
    rows = locked.lines.filter(agreed__gt=0).select_related("line__product", "line__lot", "request")
    # In stock-record order, as placing locks them.
    for row in rows.order_by("line__stockrecord_id", "pk"):
        told = back.get(row.pk, Back())
        if not 0 <= told.sound <= row.agreed:
            raise NotPossible(
                _("“%(title)s”: đã đồng ý nhận lại %(n)s.")
                % {"title": row.line.title, "n": row.agreed}
            )
        if told.sound and not is_sound(row, known):
            raise NotPossible(
                _("“%(title)s” không bán lại được, chỉ bỏ đi.") % {"title": row.line.title}
            )
        row.restocked, row.written_off = told.sound, row.agreed - told.sound
        row.lot = _lot_for(row, told)
        row.save(update_fields=["restocked", "written_off", "lot"])
        _put_back(row.line, told.sound)
        if row.agreed == row.line.quantity:
            Line.objects.filter(pk=row.line_id).update(status="returned")
    locked.goods = Goods.CAME
    locked.goods_came_at = timezone.now()
    locked.save(update_fields=["goods", "goods_came_at"])
    _note(locked, by)
    return locked


def _lot_for(row: ReturnLine, told: Back) -> Lot | None:
    """The lot that sound pieces go back into: the one they were packed from."""
    if not told.sound:
        return row.line.lot
    lot: Lot | None = row.line.lot
    if lot is None and told.lot:
        product = row.line.product
        key = (product.parent_id or product.pk) if product is not None else None
        lot = Lot.objects.filter(pk=told.lot, product=key).first()
        if lot is None:
            raise NotPossible(_("Lô này không dùng được cho món này."))
    if lot is not None and lot.state != LotState.VALID:
        raise NotPossible(_("Lô %(code)s bị thu hồi hoặc quá hạn: chỉ bỏ đi.") % {"code": lot.code})
    return lot


def _put_back(line: Line, pieces: int) -> None:
    if pieces and line.stockrecord_id is not None:
        StockRecord.objects.filter(pk=line.stockrecord_id, num_in_stock__isnull=False).update(
            num_in_stock=F("num_in_stock") + pieces, date_updated=timezone.now()
        )


def _note(asked: ReturnRequest, by: Any) -> None:
    rows = list(asked.lines.all())
    payment = Payment.objects.filter(order=asked.order_id).first()
    if payment is not None:
        words = _("Hàng trả lại đã về: nhập kho %(back)s, bỏ %(off)s.") % {
            "back": sum(row.restocked for row in rows),
            "off": sum(row.written_off for row in rows),
        }
        record(payment, Kind.NOTE, words, by=by)

"""Changing a price or a count: at once, with a memory; too far a move waits for staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.partner.history import PriceChange, StockChange
from shop.partner.stock import StockRecord

#: Small steps add up: a move is measured from the furthest price of so many days.
MEASURED_OVER = timedelta(days=7)
PROMISED = Coalesce(F("num_allocated"), 0)


@dataclass(frozen=True)
class Price:
    """What one costs, đồng, tax included; a sale may begin and end by itself."""

    price: Decimal
    sale_price: Decimal | None = None
    sale_starts_at: datetime | None = None
    sale_ends_at: datetime | None = None


class CountedElsewhere(Exception):
    """Somebody sold or counted since the number was seen; carries what is left now."""

    def __init__(self, left: int) -> None:
        self.left = left
        super().__init__(
            _("Số đã đổi trong lúc bạn xem, nay còn %(left)s. Hãy kiểm tra rồi lưu lại.")
            % {"left": left}
        )


@transaction.atomic
def set_price(record: StockRecord, wanted: Price, *, by: Any) -> PriceChange | None:
    """Change the price, or have it wait for staff when it moves too far; None for no change.

    Only the price of something that has been on sale waits. Raises ValidationError by field.
    """
    found = _locked(record)
    _check(found, wanted)
    if wanted == _price_of(found):
        found.price_changes.waiting().update(state=PriceChange.State.REPLACED)
        return None
    found.price_changes.waiting().update(state=PriceChange.State.REPLACED)
    change = PriceChange(
        stockrecord=found,
        by=by,
        price_before=found.price,
        sale_before=found.sale_price,
        **vars(wanted),
    )
    if found.product.canonical.has_been_live and moves_too_far(found, wanted):
        change.state = PriceChange.State.WAITING
        change.save()
        return change
    change.save()
    _apply(found, change)
    return change


@transaction.atomic
def decide(change: PriceChange, *, allow: bool, by: Any, reason: str = "") -> PriceChange:
    """Staff let a price move or not; harmless twice.

    Raises ValidationError when it no longer fits (a sale whose end has passed).
    """
    # The record first, as `set_price` does: the two never wait for each other.
    record = _locked(change.stockrecord)
    found = PriceChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if found.state != PriceChange.State.WAITING:
        return found
    if allow:
        _check(record, _price_of(found))
        found.state = PriceChange.State.APPLIED
        _apply(record, found)
    else:
        found.state, found.reason = PriceChange.State.REFUSED, reason
    found.decided_by, found.decided_at = by, timezone.now()
    found.save()
    return found


def moves_too_far(record: StockRecord, wanted: Price) -> bool:
    """Whether what the buyer pays differs too much from what was asked in the last days."""
    share = Decimal(settings.MOST_PRICE_MOVE)
    known = _prices_lately(record)
    paid = wanted.sale_price if wanted.sale_price is not None else wanted.price
    for each in known:
        low, high = each * (1 - share), each * (1 + share)
        if not (low <= wanted.price <= high) or paid < low:
            return True
    return False


def _prices_lately(record: StockRecord) -> set[Decimal]:
    since = timezone.now() - MEASURED_OVER
    changes: Iterable[PriceChange] = record.price_changes.filter(
        state=PriceChange.State.APPLIED, at__gt=since
    )
    known = {record.price, *(change.price_before for change in changes)}
    return {price for price in known if price}


@transaction.atomic
def set_left(record: StockRecord, left: int, *, seen: int, by: Any) -> StockRecord:
    """Set what is left to sell; what is promised to orders stays promised. Harmless twice.

    Raises CountedElsewhere when it is no longer `seen`, so that no sale is overwritten.
    """
    rows = StockRecord.objects.with_left().filter(pk=record.pk, left=seen)
    done = rows.update(
        num_allocated=PROMISED, num_in_stock=PROMISED + left, date_updated=timezone.now()
    )
    record.refresh_from_db()
    if not done and record.net_stock_level != left:
        raise CountedElsewhere(record.net_stock_level)
    if done and seen != left:
        StockChange.objects.create(stockrecord=record, by=by, left_before=seen, left_after=left)
    record.post_save_signal()
    return record


def _locked(record: StockRecord) -> StockRecord:
    rows = StockRecord.objects.select_for_update(of=("self",)).select_related("product__parent")
    return rows.get(pk=record.pk)


def _price_of(row: StockRecord | PriceChange) -> Price:
    if row.price is None:
        return Price(Decimal(-1))
    return Price(row.price, row.sale_price, row.sale_starts_at, row.sale_ends_at)


def _check(record: StockRecord, wanted: Price) -> None:
    if wanted.price <= 0:
        raise ValidationError({"price": _("Giá phải lớn hơn 0.")})
    if wanted.sale_price is None:
        return
    if record.product.is_unpromotable:
        raise ValidationError(
            {"sale_price": _("Rượu từ 15 độ không được khuyến mại (Luật 44/2019/QH14).")}
        )
    if not 0 < wanted.sale_price < wanted.price:
        raise ValidationError({"sale_price": _("Giá khuyến mại phải thấp hơn giá bán.")})
    starts, ends = wanted.sale_starts_at, wanted.sale_ends_at
    if ends and ends <= (starts or timezone.now()):
        raise ValidationError({"sale_ends_at": _("Khuyến mại phải kết thúc sau khi bắt đầu.")})


def _apply(record: StockRecord, change: PriceChange) -> None:
    record.price, record.sale_price = change.price, change.sale_price
    record.sale_starts_at, record.sale_ends_at = change.sale_starts_at, change.sale_ends_at
    # Not the stock columns: somebody may be buying.
    record.save(
        update_fields=["price", "sale_price", "sale_starts_at", "sale_ends_at", "date_updated"]
    )

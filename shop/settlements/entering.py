"""Entries follow what happens: delivered, refunded. Each in the transaction of its cause, once."""

from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.money import to_dong
from shop.order.models import Line, Parcel
from shop.payment.models import MoneyReceived, Refund, RefundLine
from shop.settlements.models import Entry
from shop.shipping.ways import way_of

Kind = Entry.Kind


def enter_delivery(parcel: Parcel, cash: MoneyReceived | None) -> None:
    """The producer supplied what was delivered, and has the cash if it was paid at the door.

    Goods count at the price before the shop's offers and vouchers, which are the shop's to bear, as
    is what a gift box costs less than its contents; a producer's own discount is its sale price.
    What was refunded before is not supplied. The fee for delivery goes to the producer, who pays
    the carrier. Called under the order's lock.
    """
    with override("vi"):
        for line in parcel.lines.order_by("pk"):
            gone = refunded_of(line)
            kept = line.quantity - gone
            supplied = _left_of(line, gone)
            own = _supplier(line)
            said = f"{line.reader_title} × {kept}"
            _enter(parcel, Kind.SUPPLIED, supplied, f"line:{line.pk}", said, own)
            _enter(parcel, Kind.FEE, -_fee(line, gone), f"fee:{line.pk}", _percent(line), own)
        _enter(parcel, Kind.CARRIAGE, parcel.charge, f"carriage:{parcel.pk}", way_of(parcel))
        if cash is not None:
            _enter(parcel, Kind.CASH, -cash.amount, f"cash:{cash.pk}", str(parcel))


def enter_refund(refund: Refund) -> None:
    """Lines given back after they were supplied are taken back off the account.

    What is given back beyond lines is the shop's own kindness, unless its producer bears it; what
    the shop bears is paid to the producer all the same. Called under the order's lock.
    """
    with override("vi"):
        for row in refund.lines.select_related("line__parcel").order_by("pk"):
            line = row.line
            if line.parcel is None:
                continue
            # Each is the step between two wholes, so that the parts add up to the whole.
            after = refunded_of(line)
            before = after - row.quantity
            words = f"{line.title} × {row.quantity}"
            back = _left_of(line, before) - _left_of(line, after)
            fee = _fee(line, before) - _fee(line, after)
            own = _supplier(line)
            if Entry.objects.filter(key=f"line:{line.pk}").exists():
                _enter(line.parcel, Kind.REFUNDED, -back, f"refund:{row.pk}", words, own)
                _enter(line.parcel, Kind.FEE_BACK, fee, f"fee-back:{row.pk}", _percent(line), own)
            if refund.borne_by == Refund.Bearer.SHOP:
                _enter(line.parcel, Kind.BORNE, back - fee, f"borne:{row.pk}", words, own)
        if refund.parcel is not None:
            extra, own = extra_of(refund), _at_fault(refund)
            _enter(refund.parcel, Kind.EXTRA_BACK, -extra, f"extra:{refund.pk}", refund.reason, own)


def extra_of(refund: Refund) -> Decimal:
    """What of a refund is for no goods (delivery, amends) and its producer's to bear, đồng."""
    if refund.borne_by != Refund.Bearer.PRODUCER or refund.parcel_id is None:
        return Decimal(0)
    goods: Decimal | None = refund.lines.aggregate(sum=Sum("amount"))["sum"]
    return refund.amount - (goods or Decimal(0))


def _at_fault(refund: Refund) -> int | None:
    """Who supplied what was given back, where that was one; else who sent the parcel."""
    makers = set(refund.lines.values_list("line__partner", flat=True))
    return makers.pop() if len(makers) == 1 else None


def part_of(line: Line, quantity: int) -> Decimal:
    """What so many pieces of a line are supplied at, before the shop's discounts, đồng."""
    return to_dong(line.supplied * quantity / line.quantity)


def _supplier(line: Line) -> int | None:
    """Who supplied it: of a box packed at one place not who sends the parcel."""
    return line.partner_id


def _left_of(line: Line, gone: int) -> Decimal:
    """What was supplied of a line of which so many pieces were given back, đồng."""
    return part_of(line, line.quantity) - part_of(line, gone)


def _fee(line: Line, gone: int) -> Decimal:
    """The shop's share of that, đồng."""
    return to_dong(_left_of(line, gone) * line.shop_share)


def refunded_of(line: Line) -> int:
    """Pieces of a line that the buyer has been paid back."""
    done = RefundLine.objects.filter(line=line, refund__state=Refund.State.DONE)
    return done.aggregate(n=Sum("quantity"))["n"] or 0


def _percent(line: Line) -> str:
    return _("%(n)s %% của %(title)s") % {
        "n": f"{line.shop_share * 100:.1f}".rstrip("0").rstrip(".").replace(".", ","),
        "title": line.title,
    }


def _enter(
    parcel: Parcel, kind: str, amount: Decimal, key: str, words: str, producer: int | None = None
) -> None:
    """Once a key; to the sender of the parcel unless somebody else supplied it."""
    if amount:
        Entry.objects.get_or_create(
            key=key,
            defaults={
                "producer_id": producer or parcel.producer_id,
                "kind": kind,
                "amount": amount,
                "parcel": parcel,
                "words": words[:300],
            },
        )


def adjust(producer: Any, amount: Decimal, words: str, *, key: str, by: Any) -> Entry:
    """Staff put something right by hand, with a reason that the producer reads; once a key."""
    entry, _made = Entry.objects.get_or_create(
        key=f"adjust:{key}",
        defaults={
            "producer": producer,
            "kind": Kind.ADJUSTMENT,
            "amount": amount,
            "words": words,
            "by": by,
        },
    )
    return entry

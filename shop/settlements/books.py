"""The producers' accounts tie to the buyers' money, to the đồng."""

from decimal import Decimal

from django.db.models import Sum

from shop.order.models import Parcel
from shop.payment.models import MoneyReceived
from shop.settlements.entering import part_of, refunded_of
from shop.settlements.models import Entry, Payout

Kind = Entry.Kind


def what_is_wrong() -> list[str]:
    """Every sentence is a fault; none when all is well.

    For each delivered parcel: goods entered less goods taken back are the lines not refunded, at
    the prices of the ledger's orders; its fee is passed on; its cash is what the ledger received.
    Each payout is entered, and entered back when it did not go.
    """
    faults: list[str] = []
    sums = _sums()
    for parcel in Parcel.objects.filter(status=Parcel.Status.DELIVERED).prefetch_related("lines"):
        entered = sums.get(parcel.pk, {})
        goods = entered.get(Kind.SUPPLIED, 0) + entered.get(Kind.REFUNDED, 0)
        due = sum(
            (part_of(line, line.quantity) - part_of(line, refunded_of(line)))
            for line in parcel.lines.all()
        )
        if goods != due:
            faults.append(f"{parcel}: goods entered {goods}, lines say {due}")
        if entered.get(Kind.CARRIAGE, 0) != parcel.charge:
            faults.append(f"{parcel}: carriage entered {entered.get(Kind.CARRIAGE, 0)}")
        cash = MoneyReceived.objects.filter(provider="cash", reference=str(parcel))
        came = cash.aggregate(t=Sum("amount"))["t"] or 0
        if entered.get(Kind.CASH, 0) != -came:
            faults.append(f"{parcel}: cash entered {entered.get(Kind.CASH, 0)}, ledger {came}")
    for payout in Payout.objects.all():
        owed = Entry.objects.filter(payout=payout).balance()
        wanted = 0 if payout.state == Payout.State.CANCELLED else -payout.amount
        if owed != wanted:
            faults.append(f"payout {payout.pk}: entered {owed}, should be {wanted}")
    return faults


def _sums() -> dict[int, dict[str, Decimal]]:
    found: dict[int, dict[str, Decimal]] = {}
    rows = Entry.objects.exclude(parcel=None).values_list("parcel_id", "kind")
    for parcel, kind, total in rows.annotate(Sum("amount")).order_by():
        found.setdefault(parcel, {})[kind] = total
    return found

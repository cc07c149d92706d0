"""The producers' accounts tie to the buyers' money, to the đồng."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import DecimalField, IntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from shop.order.models import Line, Parcel
from shop.payment.models import MoneyReceived, Refund, RefundLine
from shop.settlements.entering import part_of
from shop.settlements.models import Entry, Payout

Kind = Entry.Kind
NOTHING = Decimal(0)


def what_is_wrong() -> list[str]:
    """Every sentence is a fault; none when all is well. In a few queries, however much there is.

    For each delivered parcel: goods entered less goods taken back are the lines not refunded, at
    the prices of the ledger's orders; its fee is passed on; its cash is what the ledger received.
    What a producer bears of a refund beyond goods is entered. Each payout is entered, and entered
    back when it did not go.
    """
    return [*_parcels(), *_extras(), *_payouts()]


def _parcels() -> list[str]:
    entered, due = _entered(), _due()
    cash = MoneyReceived.objects.filter(provider="cash").values_list("reference", "amount")
    came = dict(cash)
    faults = []
    rows = Parcel.objects.filter(status=Parcel.Status.DELIVERED).select_related("order")
    for parcel in rows.iterator():
        sums = entered.get(parcel.pk, {})
        goods = sums.get(Kind.SUPPLIED, NOTHING) + sums.get(Kind.REFUNDED, NOTHING)
        if goods != due.get(parcel.pk, NOTHING):
            faults.append(f"{parcel}: goods entered {goods}, lines say {due.get(parcel.pk)}")
        if sums.get(Kind.CARRIAGE, NOTHING) != parcel.charge:
            faults.append(f"{parcel}: carriage entered {sums.get(Kind.CARRIAGE, NOTHING)}")
        if sums.get(Kind.CASH, NOTHING) != -came.get(str(parcel), NOTHING):
            faults.append(f"{parcel}: cash entered {sums.get(Kind.CASH, NOTHING)}")
    return faults


def _extras() -> list[str]:
    """What producers bear of refunds beyond the goods, against what was given back."""
    entered = dict(
        Entry.objects.filter(kind=Kind.EXTRA_BACK).values_list("key").annotate(Sum("amount"))
    )
    goods = Coalesce(Sum("lines__amount"), NOTHING, output_field=DecimalField())
    borne = Refund.objects.filter(
        state=Refund.State.DONE, borne_by=Refund.Bearer.PRODUCER, parcel__isnull=False
    )
    return [
        f"refund {refund.pk}: beyond goods {extra}, entered {entered.get(f'extra:{refund.pk}')}"
        for refund in borne.annotate(goods=goods).iterator()
        if -entered.get(f"extra:{refund.pk}", NOTHING) != (extra := refund.amount - refund.goods)
    ]


def _payouts() -> list[str]:
    faults = []
    for payout in Payout.objects.annotate(entered=Sum("entries__amount")).iterator():
        wanted = NOTHING if payout.state == Payout.State.CANCELLED else -payout.amount
        if (payout.entered or NOTHING) != wanted:
            faults.append(f"payout {payout.pk}: entered {payout.entered}, should be {wanted}")
    return faults


def _entered() -> dict[int, dict[str, Decimal]]:
    """Sums of entries by parcel and kind, đồng."""
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = Entry.objects.exclude(parcel=None).values_list("parcel_id", "kind")
    for parcel, kind, total in rows.annotate(Sum("amount")).order_by():
        found[parcel][kind] = total
    return found


def _due() -> dict[int, Decimal]:
    """What the lines of each delivered parcel say that its producer is owed, đồng."""
    done = (
        RefundLine.objects.filter(line=OuterRef("pk"), refund__state=Refund.State.DONE)
        .order_by()
        .values("line")
        .annotate(n=Sum("quantity"))
        .values("n")
    )
    lines = Line.objects.filter(parcel__status=Parcel.Status.DELIVERED).annotate(
        gone=Coalesce(Subquery(done, output_field=IntegerField()), 0)
    )
    found: dict[int, Decimal] = defaultdict(Decimal)
    for line in lines.iterator():
        found[line.parcel_id] += part_of(line, line.quantity) - part_of(line, line.gone)
    return found

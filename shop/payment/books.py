"""The books must close: what came in is in an order or in the queue, stock is held or sold."""

from decimal import Decimal

from django.db.models import F, Min, Sum
from oscar.core.loading import get_model

from shop.order.models import Line, Order, Parcel
from shop.partner.models import StockRecord
from shop.payment.models import MoneyReceived, Payment, Refund, RefundLine

NOTHING = Decimal(0)


def what_is_wrong() -> list[str]:
    """Every sentence is a fault in the books; none when all is well.

    Money: applied sums of each payment are what it received, and what Oscar's ledger says.
    Orders: paid ones have their money, waiting ones their stock; goods leave after the rest;
    nothing is given back that nobody paid.
    Stock: promised is the sum of what open order lines hold.
    """
    return [*_money(), *_orders(), *_stock()]


def _money() -> list[str]:
    Source = get_model("payment", "Source")
    applied = dict(
        MoneyReceived.objects.filter(state=MoneyReceived.State.APPLIED)
        .values_list("payment_id")
        .annotate(Sum("amount"))
        .order_by()
    )
    ledger = {
        row["order_id"]: (row["came"], row["went"])
        for row in Source.objects.values("order_id")
        .annotate(came=Sum("amount_debited"), went=Sum("amount_refunded"))
        .order_by()
    }
    faults = []
    for payment in Payment.objects.select_related("order").iterator():
        number = payment.order.number
        if payment.received != applied.get(payment.pk, NOTHING):
            faults.append(
                f"{number}: received {payment.received}, applied {applied.get(payment.pk, 0)}"
            )
        if (payment.received, payment.refunded) != ledger.get(payment.order_id, (0, 0)):
            faults.append(f"{number}: the ledger says {ledger.get(payment.order_id)}")
    return faults


def _orders() -> list[str]:
    faults = []
    rows = Order.objects.select_related("payment").only(
        "number", "status", "payment__state", "payment__received", "payment__rest_may_wait"
    )
    for order in rows.filter(payment__isnull=False).iterator():
        state = order.payment.state
        if (order.status == "pending-payment") != (state == Payment.State.HELD):
            faults.append(f"{order.number}: order is {order.status}, payment is {state}")
        if order.status == "cancelled" and state in Payment.OPEN:
            faults.append(f"{order.number}: cancelled, and money is still awaited")
        if state == Payment.State.DEPOSITED and not order.payment.received:
            faults.append(f"{order.number}: a deposit that never came")
        if order.status in ("shipped", "completed") and order.payment.keeps_goods_back:
            faults.append(f"{order.number}: the goods left before the rest was paid")
    return [*faults, *(f"{n}: has no payment" for n in _without_payment()), *_unpaid()]


def _unpaid() -> list[str]:
    """Parcels that came back unpaid: nothing is given back for them, nor was it taken."""
    refunded = (
        RefundLine.objects.filter(line__parcel__uncollected__gt=0)
        .exclude(refund__state=Refund.State.FAILED)
        .order_by("pk")
    )
    faults = [
        f"{number}: {title} is given back, and was never paid"
        for number, title in refunded.values_list("line__order__number", "line__title")
    ]
    sums = Parcel.objects.filter(uncollected__gt=0).values("order__number").order_by("order")
    for row in sums.annotate(
        unpaid=Sum("uncollected"),
        kept=Min(F("order__payment__received") - F("order__payment__refunded")),
        due=Min("order__payment__amount"),
    ):
        if row["kept"] is not None and row["kept"] + row["unpaid"] > row["due"]:
            faults.append(f"{row['order__number']}: received also for what came back unpaid")
    return faults


def _without_payment() -> list[str]:
    return list(Order.objects.filter(payment=None).values_list("number", flat=True))


def _stock() -> list[str]:
    held = dict(
        Line.objects.filter(allocation_cancelled=False, num_allocated__gt=0)
        .values_list("stockrecord_id")
        .annotate(Sum("num_allocated"))
        .order_by()
    )
    faults = []
    for record in StockRecord.objects.exclude(num_allocated=None).iterator():
        if record.num_allocated != held.get(record.pk, 0):
            faults.append(
                f"{record.partner_sku}: {record.num_allocated} promised, "
                f"orders hold {held.get(record.pk, 0)}"
            )
    oversold = StockRecord.objects.filter(num_allocated__gt=F("num_in_stock"))
    return [*faults, *(f"{record.partner_sku}: oversold" for record in oversold)]

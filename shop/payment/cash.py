"""Cash on delivery: what each parcel brings, entered when it is handed to the buyer."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from shop.order.models import Order, Parcel
from shop.payment.ledger import enter_debit
from shop.payment.models import MoneyReceived, Payment
from shop.payment.receiving import locked_payment
from shop.payment.trail import Kind, record

PROVIDER = "cash"
#: Parcels that bring no money: nobody took them.
NOT_TAKEN = (Parcel.Status.RETURNED, Parcel.Status.CANCELLED)


def cash_parts(order: Order) -> dict[int, Decimal]:
    """What the carrier collects for each parcel, đồng, by the parcel's key.

    Its goods less their discounts, its delivery and its part of the fee of paying in cash; what
    concerns the whole order (a discount on delivery, say) goes with the first one. The parts add
    up to the order's total.
    """
    parcels = list(order.parcels.order_by("position").prefetch_related("lines"))
    parts = {
        parcel.pk: parcel.charge
        + Decimal(parcel.charge_breakdown.get("cod_fee", 0))
        + sum((line.line_price_incl_tax for line in parcel.lines.all()), Decimal(0))
        for parcel in parcels
    }
    if parcels:
        parts[parcels[0].pk] += order.total_incl_tax - sum(parts.values(), Decimal(0))
    return parts


def to_collect(parcel: Parcel) -> Decimal:
    """What is paid at the door for this parcel, đồng; nothing for one that is paid for, or back."""
    payment = Payment.objects.filter(order=parcel.order_id).first()
    if payment is None or payment.state != Payment.State.DUE:
        return Decimal(0)
    if parcel.status in (*NOT_TAKEN, Parcel.Status.DELIVERED):
        return Decimal(0)
    return max(Decimal(0), cash_parts(parcel.order)[parcel.pk])


@transaction.atomic
def receive_cash(parcel: Parcel, *, by: Any = None) -> MoneyReceived | None:
    """The buyer paid for this parcel at the door. None when nothing is due; twice is once."""
    payment = locked_payment(parcel.order_id)
    if payment.state != Payment.State.DUE:
        return None
    order = payment.order
    reference = f"{order.number}/{parcel.position}"
    money = MoneyReceived.objects.filter(provider=PROVIDER, reference=reference).first()
    amount = cash_parts(order)[parcel.pk]
    if money is None and amount <= 0:
        close_cash(payment)
    if money is not None or amount <= 0:
        return money
    money = MoneyReceived.objects.create(
        provider=PROVIDER,
        reference=reference,
        amount=amount,
        booked_at=timezone.now(),
        payment=payment,
        state=MoneyReceived.State.APPLIED,
    )
    payment.received += amount
    enter_debit(order, amount, reference, PROVIDER)
    record(payment, Kind.RECEIVED, reference, amount=amount, by=by)
    payment.save()
    close_cash(payment)
    return money


def close_cash(payment: Payment) -> None:
    """Settle a payment on delivery once no parcel is on its way any more. It is locked.

    A parcel that was refused brings nothing: what then came in is what was owed.
    """
    order = payment.order
    waiting = order.parcels.exclude(status__in=[*NOT_TAKEN, Parcel.Status.DELIVERED])
    if payment.state != Payment.State.DUE or waiting.exists():
        return
    payment.state = Payment.State.PAID if payment.received else Payment.State.RELEASED
    payment.save()
    if payment.received:
        order.paid_at = timezone.now()
        order.save(update_fields=["paid_at"])

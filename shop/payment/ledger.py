"""Oscar's Source and Transaction as the ledger: what was promised, received and given back."""

from decimal import Decimal
from typing import Any

from django.db.models import F
from oscar.core.loading import get_model

from shop.order.models import Order

Source = get_model("payment", "Source")
SourceType = get_model("payment", "SourceType")
Transaction = get_model("payment", "Transaction")

REFERENCE_LENGTH = 128
#: Beside Oscar's Authorise, Debit and Refund.
VOID = "Void"


def open_source(order: Order, code: str, label: str, status: str) -> Any:
    """Enter that `order` is to be paid by the method `code`; its whole total is promised."""
    # The code is found by its own column: Oscar derives it from the name, which is translated.
    source_type, _created = SourceType.objects.get_or_create(code=code, defaults={"name": code})
    source = Source.objects.create(
        order=order,
        source_type=source_type,
        currency=order.currency,
        amount_allocated=order.total_incl_tax,
        reference=order.number,
        label=label[:REFERENCE_LENGTH],
    )
    source.transactions.create(
        txn_type=Transaction.AUTHORISE,
        amount=order.total_incl_tax,
        reference=order.number,
        status=status,
    )
    return source


def move_source(order: Order, code: str, label: str) -> Any:
    """The order is to be paid by another method: what the first was promised is void."""
    old = Source.objects.filter(order=order).latest("pk")
    old.transactions.create(
        txn_type=VOID, amount=old.amount_allocated, reference=order.number, status=code
    )
    Source.objects.filter(pk=old.pk).update(amount_allocated=0)
    return open_source(order, code, label, order.status)


def enter_debit(order: Order, amount: Decimal, reference: str, status: str) -> None:
    """Money of the buyer has reached the shop."""
    _enter(order, Transaction.DEBIT, amount, reference, status, "amount_debited")


def enter_refund(order: Order, amount: Decimal, reference: str, status: str) -> None:
    """Money has gone back to the buyer."""
    _enter(order, Transaction.REFUND, amount, reference, status, "amount_refunded")


def _enter(
    order: Order, kind: str, amount: Decimal, reference: str, status: str, column: str
) -> None:
    # The last one: an order that changed its way of paying has several.
    source = Source.objects.filter(order=order).latest("pk")
    source.transactions.create(
        txn_type=kind, amount=amount, reference=reference[:REFERENCE_LENGTH], status=status[:128]
    )
    Source.objects.filter(pk=source.pk).update(**{column: F(column) + amount})

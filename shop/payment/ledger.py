"""Oscar's Source and Transaction as the ledger: what was promised, received and given back."""

from typing import Any

from oscar.core.loading import get_model

from shop.order.models import Order
from shop.payment.methods.base import PaymentMethod

Source = get_model("payment", "Source")
SourceType = get_model("payment", "SourceType")
Transaction = get_model("payment", "Transaction")


def open_source(order: Order, method: PaymentMethod) -> Any:
    """Enter in the ledger that `order` is to be paid by `method`; its whole total is promised.

    Called by placing, in its transaction, before `PaymentMethod.start`.
    """
    # The code is found by its own column: Oscar derives it from the name, which is translated.
    source_type, _created = SourceType.objects.get_or_create(
        code=method.code, defaults={"name": method.code}
    )
    source = Source.objects.create(
        order=order,
        source_type=source_type,
        currency=order.currency,
        amount_allocated=order.total_incl_tax,
        reference=order.number,
        label=str(method.label)[:128],
    )
    source.transactions.create(
        txn_type=Transaction.AUTHORISE,
        amount=order.total_incl_tax,
        reference=order.number,
        status=method.initial_status,
    )
    return source

"""The audit trail of payments."""

from decimal import Decimal
from typing import Any

from shop.payment.models import Payment, PaymentEvent

WORDS_LENGTH = 500
Kind = PaymentEvent.Kind


def record(
    payment: Payment, kind: Kind, words: str = "", *, amount: Decimal | None = None, by: Any = None
) -> PaymentEvent:
    """Write down what was just done, in the same transaction."""
    return PaymentEvent.objects.create(
        payment=payment, kind=kind, words=words[:WORDS_LENGTH], amount=amount, by=by
    )

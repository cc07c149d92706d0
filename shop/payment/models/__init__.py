"""Oscar's ledger, and ours around it: payments, money that came in, what providers said."""

from shop.payment.models.money import (
    BankAccount,
    MoneyReceived,
    ProviderMessage,
    RefundAccount,
    StatementMapping,
    TransferTarget,
)
from shop.payment.models.payment import Payment, PaymentEvent, Refund, RefundLine

from oscar.apps.payment.models import *  # noqa: F403  isort: skip

__all__ = [
    "BankAccount",
    "MoneyReceived",
    "Payment",
    "PaymentEvent",
    "ProviderMessage",
    "Refund",
    "RefundAccount",
    "RefundLine",
    "StatementMapping",
    "TransferTarget",
]

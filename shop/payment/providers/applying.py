"""Stored messages of the banks' tellers, applied."""

from types import ModuleType

from shop.payment.models import ProviderMessage
from shop.payment.providers import casso, payos, sepay
from shop.payment.receiving import Incoming, receive

#: By the name in `/webhooks/<provider>/`.
PROVIDERS: dict[str, ModuleType] = {"sepay": sepay, "casso": casso, "payos": payos}
#: The way of paying that money on the bank account settles.
METHODS = ("vietqr",)


def apply(message: ProviderMessage) -> str:
    """Receive every sum of a message; what came of each."""
    told = PROVIDERS[message.provider].parse(message.body)
    rows = [
        receive(
            Incoming(
                provider=message.provider,
                reference=credit.reference,
                amount=credit.amount,
                booked_at=credit.booked_at,
                note=credit.note,
                currency=credit.currency,
                account_number=credit.account_number,
                methods=METHODS,
            ),
            message=message,
        )
        for credit in told.credits
    ]
    return ", ".join(f"{row.reference}: {row.reason or row.state}" for row in rows) or "nothing"

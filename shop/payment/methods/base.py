"""What every way of paying answers, so that checkout and placing need not know which it is."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

from shop.order.models import Order

#: Words for a buyer; lazy ones are read in the visitor's language.
Words = str | Promise
NOTHING = Decimal(0)

#: The order stands, nothing is waited for (cash on delivery).
PLACED = "placed"
#: The order and its stock wait for money until a deadline.
PENDING_PAYMENT = "pending-payment"


@dataclass(frozen=True)
class PaymentContext:
    """What is known of an order that is about to be placed.

    `total` is đồng with tax and delivery, without the surcharge of the method asked. `phone` is
    E.164 or empty while the buyer has not typed one. `shipping_code` is empty until delivery
    is chosen.
    """

    total: Decimal
    has_alcohol: bool = False
    phone: str = ""
    province_code: str = ""
    shipping_code: str = ""
    user: Any = None
    currency: str = "VND"


class PaymentMethod(ABC):
    """One way of paying. Stateless: one instance serves every request.

    `code` is kept on the order (30 characters at most) and never changes; `label`, `hint` and
    `badge` (short, at the right of the choice) are read by the buyer.
    """

    code: str
    label: Words
    hint: Words = ""
    badge: Words = ""
    #: Status of an order placed with this method: PLACED or PENDING_PAYMENT.
    initial_status: str = PLACED

    def is_offered(self) -> bool:
        """Whether it is set up at all; a method that is not is never shown."""
        return True

    def refusal(self, context: PaymentContext) -> str | None:
        """Why this order may not be paid this way, in words for the buyer; None when it may."""
        return None

    def surcharge(self, context: PaymentContext) -> Decimal:
        """What paying this way costs more, whole đồng, tax included."""
        return NOTHING

    def start(self, order: Order) -> None:
        """Prepare the payment, inside the transaction that writes the order.

        The ledger's Source exists already (`shop.payment.ledger`). No network call here: a slow
        provider would hold the stock rows; ask it in `next_url` or on the page that it names.
        Raising rolls the order back.
        """
        return None

    @abstractmethod
    def next_url(self, order: Order) -> str:
        """Where the buyer goes once the order is committed."""

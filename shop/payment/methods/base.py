"""What every way of paying answers, so that checkout and placing need not know which it is."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from shop.order.models import Order

if TYPE_CHECKING:
    from shop.payment.models import Payment, Refund

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
    #: Somebody else than the buyer is at the door.
    is_gift: bool = False
    user: Any = None
    #: What cash at the door costs more, by the rules of delivery.
    cod_fee: Decimal = NOTHING
    currency: str = "VND"


class RefundRefused(Exception):
    """The provider will not give this money back. The message is for staff."""


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
    #: Whether `refund` sends the money itself; otherwise staff transfer it and say so.
    refunds_itself: bool = False
    #: Whether it can be paid in two sums: a deposit now, the rest later.
    takes_deposits: bool = False

    @property
    def hold_minutes(self) -> int | None:
        """How long the goods wait for the money; None for what is paid on delivery."""
        return None

    def status_for(self, context: PaymentContext) -> str:
        """Status that an order placed now begins with."""
        return self.initial_status

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

        `order.payment` exists already (`shop.payment.opening`). No network call here: a slow
        provider would hold the stock rows; ask it on the page that `next_url` names.
        Raising rolls the order back.
        """
        return None

    def before_release(self, payment: "Payment") -> None:
        """Last word before an overdue order is released, outside of any transaction.

        Ask the provider here whether money came after all, and tell it to take no more. What
        came is applied as ever (`shop.payment.receiving`); the release then finds it paid.
        Raising postpones the release.
        """
        return None

    def chase(self) -> int:
        """Ask the provider about payments whose message is late; how many were settled by it.

        Called by the worker every few seconds: ask only about those that are due for it, and keep
        in `Payment.memory` when each was asked.
        """
        return 0

    def refund(self, refund: "Refund") -> str:
        """Send the money back; the provider's reference. Only where `refunds_itself`.

        Called outside of any transaction, again after a failure: `refund.key` must make the
        provider pay once. Raises RefundRefused when it never will; anything else is tried again.
        """
        raise NotImplementedError(f"{self.code} does not refund by itself")

    @abstractmethod
    def next_url(self, order: Order) -> str:
        """Where the buyer goes once the order is committed."""

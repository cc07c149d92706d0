"""Who among the staff may look at money, and who may move it."""

from collections.abc import Callable

from shop import guards
from shop.guards import View

#: Look at payments, the queue, refunds and messages.
LOOK = "payment.view_payment"
#: Say that money has come, give more time, send the link again, decide about the queue.
SETTLE = "payment.change_payment"
#: Promise money back, and say that it went.
REFUND = "payment.add_refund"
#: Say where transfers go.
ACCOUNT = "payment.change_bankaccount"


def staff_may(*rights: str) -> Callable[[View], View]:
    """Open a view to staff who may look at money and have all `rights`."""
    return guards.staff_may(LOOK, *rights)

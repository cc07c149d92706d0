"""A way of paying for the tests of the payment core: money comes later, refunds go by itself."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.utils import timezone

from shop.checkout.agreed import Agreed
from shop.order.models import Order
from shop.payment.methods.base import PENDING_PAYMENT, PaymentMethod, RefundRefused
from shop.payment.models import Payment, Refund
from shop.payment.receiving import Incoming
from tests.factories import a_product, an_order

PREPAID = "tests.shop.payment.paying.Prepaid"
CASH = "shop.payment.methods.cod.method.CashOnDelivery"


class Prepaid(PaymentMethod):
    """Waits two hours for money; refunds itself unless told otherwise."""

    code = "prepaid"
    label = "Trả trước"
    initial_status = PENDING_PAYMENT
    refunds_itself = True
    takes_deposits = True
    #: What `refund` does: a reference to answer, or an exception to raise.
    answer: ClassVar[Any] = "re_1"
    sent: ClassVar[list[str]] = []
    on_release: ClassVar[Any] = None

    @property
    def hold_minutes(self) -> int | None:
        return 120

    def next_url(self, order: Order) -> str:
        return order.get_absolute_url()

    def before_release(self, payment: Payment) -> None:
        if Prepaid.on_release:
            Prepaid.on_release(payment)

    def refund(self, refund: Refund) -> str:
        Prepaid.sent.append(refund.key)
        if isinstance(Prepaid.answer, Exception):
            raise Prepaid.answer
        return str(Prepaid.answer)


def forget() -> None:
    """As at the start."""
    Prepaid.answer, Prepaid.sent, Prepaid.on_release = "re_1", [], None


def refuse() -> None:
    Prepaid.answer = RefundRefused("thẻ đã đóng")


def a_prepaid_order(price: int = 100_000, *, quantity: int = 1, **facts: Any) -> Order:
    """An order that waits for its money, with a parcel fee of 25.000 ₫."""
    goods = facts.pop("goods", None) or a_product(price=price, stock=10)
    return an_order(goods, quantity, payment="prepaid", **facts)


def a_deposited_order(deposit: int = 30_000, *, delivery: int = 20_000, **facts: Any) -> Order:
    """An order of 100.000 ₫ and its delivery, of which a deposit is due first."""
    agreed = Agreed(Decimal(delivery), deposit=Decimal(deposit), **facts.pop("agreed", {}))
    return a_prepaid_order(agreed=agreed, **facts)


def a_sum(order: Order, amount: Decimal | int | None = None, **facts: Any) -> Incoming:
    """A transfer for `order` with exactly what is due, unless said otherwise."""
    facts = {
        "provider": "bank",
        "reference": f"FT-{order.number}",
        "booked_at": timezone.now(),
        "note": f"NGUYEN VAN A chuyen tien {order.number}",
        **facts,
    }
    amount = order.payment.due if amount is None else Decimal(amount)
    return Incoming(amount=amount, **facts)


def late(order: Order) -> None:
    """Let the deadline pass."""
    past = timezone.now() - timedelta(minutes=1)
    Payment.objects.filter(order=order).update(held_until=past)

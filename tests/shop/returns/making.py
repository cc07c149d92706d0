"""Orders that arrived and what their buyers report, for the tests of returns."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from catalogue.models import Product
from shop.order.fulfilment import hand_over, mark_delivered
from shop.order.models import Line, Order, Parcel
from shop.payment.books import what_is_wrong
from shop.payment.receiving import mark_received
from shop.returns.asking import report
from shop.returns.deciding import Decision
from shop.returns.models import ReturnRequest
from shop.settlements.books import what_is_wrong as what_is_wrong_with_accounts
from tests.factories import a_bank_account, a_producer, a_product, an_order

Reason = ReturnRequest.Reason


def an_arrived_order(
    goods: Product | Mapping[Product, int] | None = None, quantity: int = 3, **facts: Any
) -> Order:
    """Paid by transfer, sent and delivered."""
    order = a_paid_order(goods, quantity, **facts)
    for parcel in order.parcels.all():
        mark_delivered(hand_over(parcel, "Bưu điện"))
    return Order.objects.get(pk=order.pk)


def a_paid_order(
    goods: Product | Mapping[Product, int] | None = None, quantity: int = 3, **facts: Any
) -> Order:
    a_bank_account()
    facts = {"payment": "vietqr", "email": "hoa@example.com", **facts}
    if goods is None:
        maker = a_producer(shop_share=Decimal("0.1"))
        goods = a_product("Mật ong hoa rừng", price=100_000, stock=10, producer=maker)
    order = an_order(goods, quantity, **facts)
    if facts["payment"] == "vietqr":
        mark_received(order.payment, by=None, note="sao kê")
    return Order.objects.get(pk=order.pk)


def a_report(
    parcel: Parcel, wanted: Mapping[Line, int] | None = None, reason: str = "broken", **facts: Any
) -> ReturnRequest:
    """One piece of the parcel's first line is broken, unless said otherwise."""
    wanted = {parcel.lines.order_by("pk")[0]: 1} if wanted is None else wanted
    facts = {"words": "Lọ vỡ nắp", "wish": "refund", "key": uuid.uuid4().hex, **facts}
    return report(parcel, {line.pk: n for line, n in wanted.items()}, reason=reason, **facts)


def yes(asked: ReturnRequest, **changes: Any) -> Decision:
    """Money back for all that was reported."""
    facts = {
        "outcome": "refund",
        "answer": "Xin lỗi bạn, chúng tôi hoàn tiền.",
        "agreed": {row.pk: row.quantity for row in asked.lines.all()},
        **changes,
    }
    return Decision(**facts)


def late(parcel: Parcel) -> Parcel:
    """The last day for which it was promised is over."""
    past = timezone.localdate() - timedelta(days=1)
    Parcel.objects.filter(pk=parcel.pk).update(promised_from=past, promised_to=past)
    parcel.refresh_from_db()
    return parcel


def all_faults() -> list[str]:
    return [*what_is_wrong(), *what_is_wrong_with_accounts()]

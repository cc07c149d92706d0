"""Whatever is bought, discounted, reported and given back: never more than was paid, books tie."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.order.fulfilment import hand_over, mark_delivered
from shop.order.models import Order
from shop.payment.models import Refund
from shop.payment.receiving import mark_received
from shop.payment.refunding import finish_refund
from shop.returns.deciding import agree, proposed_extra
from shop.returns.errors import CannotDecide, CannotReport
from shop.returns.goods import Back, goods_came
from tests.factories import a_bank_account, a_basket_with, a_producer, a_product, an_order
from tests.shop.returns.making import a_report, all_faults, yes
from tests.shop.vouchers import a_voucher

pytestmark = pytest.mark.django_db

#: Price, quantity and which of two producers of each product.
GOODS = st.lists(
    st.tuples(st.integers(1, 400_000), st.integers(1, 4), st.integers(0, 1)),
    min_size=1,
    max_size=3,
)
#: One report: which line, how many, the part agreed to, whether delivery and goods go back, who
#: bears it, by what outcome.
REPORT = st.tuples(
    st.integers(0, 2),
    st.integers(1, 4),
    st.integers(0, 4),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["producer", "shop"]),
    st.sampled_from(["refund", "refund", "refund", "replace", "tell"]),
)


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    goods=GOODS,
    percent=st.integers(0, 60),
    reports=st.lists(REPORT, max_size=6),
    prepaid=st.booleans(),
)
def test_refunds_never_exceed_what_was_paid_and_books_tie_out(
    goods: list[tuple[int, int, int]],
    percent: int,
    reports: list[tuple[int, int, int, bool, bool, str, str]],
    prepaid: bool,
) -> None:
    a_bank_account()
    makers = [a_producer(shop_share=Decimal("0.137")) for _n in range(2)]
    wanted = {
        a_product(price=price, stock=30, producer=makers[who]): quantity
        for price, quantity, who in goods
    }
    basket = a_basket_with(wanted)
    if percent:
        basket.vouchers.add(a_voucher(f"V{basket.pk}", percent=percent))
    payment = "vietqr" if prepaid else "cod"
    order = an_order(wanted, basket=basket, payment=payment)
    if order.status == "to-confirm":
        Order.objects.filter(pk=order.pk).update(status="placed")
    if prepaid:
        mark_received(order.payment, by=None, note="x")
    for parcel in order.parcels.all():
        mark_delivered(hand_over(parcel, "Bưu điện"))
    order = Order.objects.get(pk=order.pk)
    lines = list(order.lines.order_by("pk"))
    paid = order.payment.received
    assert paid == order.total_incl_tax

    for which, quantity, part, delivery, comes, bearer, outcome in reports:
        line = lines[which % len(lines)]
        try:
            asked = a_report(line.parcel, {line: quantity}, reason="wrong")
        except CannotReport:
            continue
        row = asked.lines.get()
        extra = proposed_extra(asked) if delivery else Decimal(0)
        decision = yes(
            asked,
            outcome=outcome,
            agreed={row.pk: min(part, quantity)},
            extra=extra,
            borne_by=bearer,
            goods_come_back=comes,
        )
        try:
            asked = agree(asked, decision, by=None)
        except CannotDecide:
            continue
        if asked.refund is not None:
            finish_refund(asked.refund, "FT")
        if asked.goods == "awaited":
            goods_came(asked, {row.pk: Back(row.agreed // 2)}, by=None)
        assert all_faults() == []

    order = Order.objects.get(pk=order.pk)
    given_back = sum((refund.amount for refund in Refund.objects.filter(payment__order=order)), 0)
    assert given_back == order.payment.refunded <= paid == order.payment.received
    for line in lines:
        of_line = sum((row.amount for row in line.refund_lines.all()), Decimal(0))
        assert of_line <= line.line_price_incl_tax
    assert all_faults() == []

"""Money goes back: never more than came, never twice, with or without the goods."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.order.fulfilment import hand_over
from shop.order.models import Line, Order
from shop.order.refusing import refuse_delivery
from shop.partner.models import StockRecord
from shop.payment.books import what_is_wrong
from shop.payment.models import Payment, Refund
from shop.payment.receiving import receive
from shop.payment.refunding import (
    CannotRefund,
    LineToRefund,
    ask_refund,
    fail_refund,
    finish_refund,
    price_of,
    send_waiting_refunds,
)
from tests.factories import a_product, a_staff_member
from tests.shop.payment.paying import Prepaid, a_prepaid_order, a_sum, refuse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("prepaid")]


@pytest.fixture(autouse=True)
def _books_close() -> Iterator[None]:
    yield
    assert what_is_wrong() == []


def a_paid_order(price: int = 100_000, quantity: int = 3) -> Order:
    order = a_prepaid_order(price, quantity=quantity, email="hoa@example.com")
    receive(a_sum(order))
    return Order.objects.get(pk=order.pk)


def test_whole_refund_empties_the_payment() -> None:
    order = a_paid_order()
    ask_refund(order.payment, reason="Hỏng", amount=order.total_incl_tax)
    assert send_waiting_refunds() == 1
    payment = Payment.objects.get()
    assert (payment.state, payment.refunded) == ("refunded", order.total_incl_tax)
    assert order.sources.get().amount_refunded == order.total_incl_tax
    assert order.letters.filter(event_code="ORDER_REFUNDED").count() == 1


def test_part_of_the_money_may_go_back() -> None:
    order = a_paid_order()
    ask_refund(order.payment, reason="Thiếu một gói", amount=Decimal(40_000))
    send_waiting_refunds()
    assert Payment.objects.get().state == Payment.State.PARTLY_REFUNDED


def test_same_key_is_one_refund() -> None:
    order = a_paid_order()
    first = ask_refund(order.payment, reason="Hỏng", amount=Decimal(10_000), key="k1")
    assert ask_refund(order.payment, reason="Hỏng", amount=Decimal(10_000), key="k1") == first
    assert Refund.objects.count() == 1


def test_more_than_came_is_refused_counting_what_is_promised() -> None:
    order = a_paid_order()
    ask_refund(order.payment, reason="Hỏng", amount=order.total_incl_tax - 10_000)
    with pytest.raises(CannotRefund, match=r"10\.000"):
        ask_refund(order.payment, reason="Hỏng", amount=Decimal(10_001))


@pytest.mark.parametrize("amount", ["0", "-5", "0.5"])
def test_nonsense_amounts_are_refused(amount: str) -> None:
    order = a_paid_order()
    with pytest.raises(CannotRefund):
        ask_refund(order.payment, reason="Hỏng", amount=Decimal(amount))


def test_line_goes_back_for_sale_before_it_left() -> None:
    order = a_paid_order(quantity=3)
    line = order.lines.get()
    ask_refund(order.payment, reason="Bớt", lines=[LineToRefund(line, 1, restock=True)])
    stock = StockRecord.objects.get()
    assert (stock.num_in_stock, stock.num_allocated) == (10, 2)
    assert Refund.objects.get().amount == Decimal(100_000)


def test_line_comes_back_for_sale_after_it_left() -> None:
    order = a_paid_order(quantity=3)
    hand_over(order.parcels.get(), "Bưu điện")
    line = order.lines.get()
    ask_refund(order.payment, reason="Trả lại", lines=[LineToRefund(line, 2, restock=True)])
    stock = StockRecord.objects.get()
    assert (stock.num_in_stock, stock.num_allocated) == (9, 0)


def test_parcel_that_was_refused_is_not_counted_in_twice() -> None:
    order = a_paid_order(quantity=3)
    parcel = hand_over(order.parcels.get(), "Bưu điện")
    line = order.lines.get()
    refuse_delivery(parcel, restock={line.pk: 2})
    line.refresh_from_db()
    ask_refund(order.payment, reason="Không nhận", lines=[LineToRefund(line, 3, restock=True)])
    assert StockRecord.objects.get().num_in_stock == 9


def test_spoilt_line_does_not_come_back_for_sale() -> None:
    order = a_paid_order(quantity=3)
    hand_over(order.parcels.get(), "Bưu điện")
    ask_refund(order.payment, reason="Hỏng", lines=[LineToRefund(order.lines.get(), 2)])
    assert StockRecord.objects.get().num_in_stock == 7


def test_no_more_of_a_line_than_was_bought() -> None:
    order = a_paid_order(quantity=3)
    line = order.lines.get()
    ask_refund(order.payment, reason="Hỏng", lines=[LineToRefund(line, 2)])
    with pytest.raises(CannotRefund, match="chỉ còn hoàn được 1"):
        ask_refund(order.payment, reason="Hỏng", lines=[LineToRefund(line, 2)])


def test_line_of_another_order_is_refused() -> None:
    first, second = a_paid_order(), a_paid_order()
    with pytest.raises(CannotRefund, match="đơn khác"):
        ask_refund(first.payment, reason="Hỏng", lines=[LineToRefund(second.lines.get(), 1)])


def test_provider_that_is_down_is_asked_again_with_the_same_key() -> None:
    order = a_paid_order()
    refund = ask_refund(order.payment, reason="Hỏng", amount=Decimal(10_000))
    Prepaid.answer = TimeoutError("no answer")
    assert send_waiting_refunds() == 0
    refund.refresh_from_db()
    assert (refund.state, "no answer" in refund.error) == ("sent", True)
    Prepaid.answer = "re_9"
    assert send_waiting_refunds() == 1
    assert Prepaid.sent == [refund.key, refund.key]
    refund.refresh_from_db()
    assert (refund.state, refund.reference) == ("done", "re_9")


def test_refused_refund_may_be_asked_again_another_way() -> None:
    order = a_paid_order()
    refuse()
    refund = ask_refund(order.payment, reason="Hỏng", amount=order.total_incl_tax)
    send_waiting_refunds()
    refund.refresh_from_db()
    assert (refund.state, refund.error) == ("failed", "thẻ đã đóng")
    Prepaid.answer = "re_2"
    ask_refund(order.payment, reason="Hỏng, lần hai", amount=order.total_incl_tax)
    assert send_waiting_refunds() == 1


def test_finishing_twice_enters_once() -> None:
    order = a_paid_order()
    refund = ask_refund(order.payment, reason="Hỏng", amount=Decimal(10_000))
    staff = a_staff_member()
    finish_refund(refund, "FT1", by=staff)
    finish_refund(refund, "FT1", by=staff)
    fail_refund(refund, "muộn")
    assert Payment.objects.get().refunded == 10_000


@given(
    price=st.integers(1, 10**6),
    parts=st.lists(st.integers(1, 4), min_size=1, max_size=4),
)
def test_parts_of_a_line_give_back_exactly_what_it_cost(price: int, parts: list[int]) -> None:
    order = a_prepaid_order(goods=a_product(price=price, stock=50), quantity=sum(parts))
    Line.objects.update(line_price_incl_tax=Decimal(price * sum(parts) - price // 2 - 1 or 1))
    order.payment.received = order.payment.amount = Decimal(10**9)
    line = order.lines.get()
    back = Decimal(0)
    for number, part in enumerate(parts):
        back += price_of(line, part)
        refund = Refund.objects.create(
            payment=order.payment, key=f"{order.number}-{number}", amount=1, reason="x"
        )
        refund.lines.create(line=line, quantity=part, amount=1)
    assert back == line.line_price_incl_tax

"""Money comes in: applied once, or queued with the reason. The books always close."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from shop.order.cancelling import cancel_order
from shop.order.models import Order
from shop.payment.books import what_is_wrong
from shop.payment.models import MoneyReceived, Payment
from shop.payment.notes import numbers_in
from shop.payment.receiving import NotExpected, claim, mark_received, receive
from tests.factories import a_product, a_staff_member, an_order
from tests.shop.payment.paying import a_prepaid_order, a_sum

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("prepaid")]
Reason = MoneyReceived.Reason


@pytest.fixture(autouse=True)
def _books_close() -> Iterator[None]:
    yield
    assert what_is_wrong() == []


def test_exact_transfer_confirms_the_order() -> None:
    order = a_prepaid_order(email="hoa@example.com")
    assert (order.status, order.payment.state) == ("pending-payment", "held")
    money = receive(a_sum(order))
    assert money.state == MoneyReceived.State.APPLIED
    order = Order.objects.get()
    assert order.status == "placed"
    assert order.paid_at is not None
    assert order.payment.state == Payment.State.PAID
    assert order.payment.received == order.total_incl_tax
    assert [event.kind for event in order.payment.events.all()] == ["received"]


def test_ledger_of_oscar_says_the_same() -> None:
    order = a_prepaid_order()
    receive(a_sum(order))
    source = order.sources.get()
    assert source.amount_debited == order.total_incl_tax
    assert [t.txn_type for t in source.transactions.order_by("pk")] == ["Authorise", "Debit"]


def test_same_transfer_told_ten_times_is_one() -> None:
    order = a_prepaid_order()
    rows = {receive(a_sum(order)).pk for _ in range(10)}
    assert len(rows) == 1
    assert order.sources.get().amount_debited == order.total_incl_tax


@pytest.mark.parametrize(("change", "reason"), [(-1, Reason.UNDER), (1, Reason.OVER)])
def test_transfer_of_another_amount_waits_for_a_person(change: int, reason: Reason) -> None:
    order = a_prepaid_order()
    money = receive(a_sum(order, order.payment.due + change))
    assert (money.state, money.reason) == ("queued", reason)
    assert Order.objects.get().status == "pending-payment"


def test_second_transfer_for_a_paid_order_is_a_duplicate() -> None:
    order = a_prepaid_order()
    incoming = a_sum(order)
    receive(incoming)
    second = receive(a_sum(order, incoming.amount, reference="FT-2"))
    assert second.reason == Reason.DUPLICATE
    assert Payment.objects.get().received == incoming.amount


def test_transfer_without_a_number_waits() -> None:
    order = a_prepaid_order()
    money = receive(a_sum(order, note="chuyen tien mua mat ong"))
    assert (money.payment, money.reason) == (None, Reason.NO_CODE)


def test_transfer_with_an_unknown_number_waits() -> None:
    order = a_prepaid_order()
    assert receive(a_sum(order, note="PCABCDEFGH")).reason == Reason.UNKNOWN_CODE


def test_transfer_that_names_two_orders_waits() -> None:
    first, second = a_prepaid_order(), a_prepaid_order()
    money = receive(a_sum(first, note=f"{first.number} {second.number}"))
    assert (money.payment, money.reason) == (None, Reason.SEVERAL_CODES)


def test_late_transfer_never_revives_a_cancelled_order() -> None:
    order = a_prepaid_order()
    incoming = a_sum(order)
    cancel_order(order)
    assert receive(incoming).reason == Reason.LATE
    assert Order.objects.get().status == "cancelled"


def test_dollars_are_not_dong() -> None:
    order = a_prepaid_order()
    assert receive(a_sum(order, currency="USD")).reason == Reason.CURRENCY


def test_money_by_another_way_than_the_orders_waits() -> None:
    order = a_prepaid_order()
    assert receive(a_sum(order, methods=("vietqr",))).reason == Reason.METHOD


def test_paid_letters_go_to_buyer_and_producer_once(
    django_capture_on_commit_callbacks: type,
) -> None:
    goods = a_product(stock=5)
    member = a_staff_member("htx@example.com")
    goods.producer.users.add(member, through_defaults={"role": "owner"})
    order = a_prepaid_order(goods=goods, email="hoa@example.com")
    assert not order.letters.filter(event_code="PARCEL_ORDERED").exists()
    with django_capture_on_commit_callbacks(execute=True):
        receive(a_sum(order))
        receive(a_sum(order))
    codes = list(order.letters.order_by("pk").values_list("event_code", flat=True))
    assert codes == ["ORDER_PLACED", "ORDER_PAID", "PARCEL_ORDERED"]
    assert {letter.to[0] for letter in mail.outbox} == {"hoa@example.com", "htx@example.com"}


def test_staff_mark_money_received_once() -> None:
    order = a_prepaid_order()
    staff = a_staff_member()
    first = mark_received(order.payment, by=staff, note="sao kê 24/11")
    assert mark_received(order.payment, by=staff, note="sao kê 24/11") == first
    assert order.payment.events.get(kind="received").by == staff
    assert Order.objects.get().status == "placed"


def test_nobody_marks_money_for_a_cancelled_order() -> None:
    order = a_prepaid_order()
    cancel_order(order)
    with pytest.raises(NotExpected, match="không còn chờ tiền"):
        mark_received(order.payment, by=a_staff_member())


def test_buyers_word_changes_nothing_but_what_staff_see() -> None:
    order = a_prepaid_order()
    claim(order.payment)
    claim(order.payment)
    payment = Payment.objects.get()
    assert payment.claimed_at is not None
    assert payment.state == Payment.State.HELD
    assert payment.events.filter(kind="claimed").count() == 1


def test_cash_on_delivery_waits_for_no_deadline() -> None:
    order = an_order(a_product())
    assert (order.payment.state, order.payment.held_until) == (Payment.State.DUE, None)


# --- Numbers in notes ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "note",
    [
        "PC7K2MWQ9A",
        "pc7k2mwq9a",
        "MBVCB.327890.PC7K2MWQ9A chuyen tien",
        "CT DEN:123 PC7K 2MWQ 9A FT2633",
        "Thanh toán đơn PC-7K2M-WQ9A.",
        "NGUYENPC7K2MWQ9A",
    ],
)
def test_number_is_found_however_the_bank_writes_it(note: str) -> None:
    assert "PC7K2MWQ9A" in numbers_in(note)


def test_note_without_a_number_has_none() -> None:
    assert numbers_in("chuyen tien mua khoai lang") == []


@given(before=st.text(max_size=60), after=st.text(max_size=60))
def test_number_is_found_between_any_words(before: str, after: str) -> None:
    assert "PC7K2MWQ9A" in numbers_in(f"{before} PC7K2MWQ9A {after}")


@given(amount=st.integers(min_value=1, max_value=10**9))
def test_only_the_amount_due_confirms(amount: int) -> None:
    order = a_prepaid_order()
    money = receive(a_sum(order, Decimal(amount)))
    assert (money.state == "applied") == (amount == order.total_incl_tax)

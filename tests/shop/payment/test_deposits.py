"""Two sums: a deposit on which work begins, the rest before the goods leave. The books close."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from shop.checkout.agreed import Agreed, AgreedFee
from shop.order.cancelling import CannotCancel, cancel_order, may_cancel
from shop.order.fulfilment import hand_over, mark_delivered, start_packing
from shop.order.models import Order
from shop.order.steps import StepNotPossible
from shop.payment.books import what_is_wrong
from shop.payment.changing import CannotChange, change_method
from shop.payment.deposits import let_goods_go
from shop.payment.models import MoneyReceived, Payment
from shop.payment.parts import split
from shop.payment.queue import accept
from shop.payment.receiving import NotExpected, mark_received, receive
from shop.payment.refunding import ask_refund, send_waiting_refunds
from shop.payment.releasing import release_overdue
from shop.staff import ACCOUNTS, ensure_staff_group
from tests.factories import (
    a_bank_account,
    a_product,
    a_staff_member,
    an_order,
    in_group,
    signed_in,
)
from tests.shop.payment.paying import a_deposited_order, a_prepaid_order, a_sum, late

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("prepaid")]
Reason, State = MoneyReceived.Reason, Payment.State


@pytest.fixture(autouse=True)
def _books_close() -> Iterator[None]:
    yield
    assert what_is_wrong() == []


@given(
    total=st.integers(min_value=0, max_value=999_999_999_999).map(Decimal),
    percent=st.integers(min_value=0, max_value=100),
)
def test_deposit_and_rest_are_whole_and_make_the_total(total: Decimal, percent: int) -> None:
    deposit, rest = split(total, percent)
    assert deposit + rest == total
    assert (deposit % 1, rest % 1) == (0, 0)
    assert deposit >= 0 <= rest
    assert abs(deposit - total * percent / 100) <= Decimal("0.5")


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_deposit_of_more_than_all_or_less_than_nothing_is_refused(percent: int) -> None:
    with pytest.raises(ValueError, match="percent"):
        split(Decimal(100), percent)


def test_the_deposit_is_due_first_then_the_rest() -> None:
    order = a_deposited_order(email="hoa@example.com")
    assert order.total_incl_tax == Decimal(120_000)
    assert (order.payment.due, order.payment.outstanding) == (30_000, 120_000)
    receive(a_sum(order))
    order = Order.objects.get()
    assert (order.status, order.payment.state, order.paid_at) == ("placed", "deposited", None)
    assert (order.payment.due, order.payment.held_until) == (90_000, None)
    receive(a_sum(order, reference="FT-2"))
    order = Order.objects.get()
    assert (order.status, order.payment.state) == ("placed", State.PAID)
    assert order.payment.received == order.total_incl_tax
    assert order.paid_at is not None


def test_the_buyer_is_told_of_the_deposit_and_of_the_rest(
    django_capture_on_commit_callbacks: Any,
) -> None:
    order = a_deposited_order(email="hoa@example.com", agreed={"rest_due_on": date(2027, 1, 20)})
    with django_capture_on_commit_callbacks(execute=True):
        receive(a_sum(order))
        receive(a_sum(Order.objects.get(), reference="FT-2"))
    told = [each for each in mail.outbox if each.to == ["hoa@example.com"]]
    placed, deposit, rest = (str(each.body) for each in told[-3:])
    assert "30.000\u00a0₫ tiền cọc" in placed
    assert "90.000\u00a0₫" in deposit and "20/01/2027" in deposit
    assert "120.000\u00a0₫" in rest and told[-1].subject.endswith("đã trả đủ")


def test_the_same_transfer_told_again_is_not_the_rest() -> None:
    order = a_deposited_order()
    first = receive(a_sum(order))
    assert receive(a_sum(order, 30_000)) == first
    assert Payment.objects.get().received == 30_000


def test_all_at_once_pays_the_whole_order() -> None:
    order = a_deposited_order()
    receive(a_sum(order, 120_000))
    assert Payment.objects.get().state == State.PAID


@pytest.mark.parametrize(
    ("amount", "reason"), [(29_999, Reason.UNDER), (30_001, Reason.OVER), (120_001, Reason.OVER)]
)
def test_any_other_sum_waits_for_a_person(amount: int, reason: Reason) -> None:
    money = receive(a_sum(a_deposited_order(), amount))
    assert (money.state, money.reason) == (MoneyReceived.State.QUEUED, reason)
    assert Payment.objects.get().received == 0


def test_a_deposit_taken_though_it_is_less_leaves_the_more_for_later() -> None:
    money = receive(a_sum(a_deposited_order(), 20_000))
    accept(money, by=a_staff_member(), as_is=True)
    payment = Payment.objects.get()
    assert (payment.state, payment.due) == (State.DEPOSITED, 100_000)


def test_more_than_a_deposit_counts_towards_the_rest() -> None:
    money = receive(a_sum(a_deposited_order(), 50_000))
    accept(money, by=a_staff_member())
    payment = Payment.objects.get()
    assert (payment.state, payment.due, payment.refunds.count()) == (State.DEPOSITED, 70_000, 0)


def test_more_than_everything_is_promised_back() -> None:
    money = receive(a_sum(a_deposited_order(), 125_000))
    accept(money, by=a_staff_member())
    payment = Payment.objects.get()
    assert payment.state == State.PAID
    assert payment.refunds.get().amount == 5_000


def test_the_rest_taken_though_it_is_less_closes_the_payment() -> None:
    order = a_deposited_order()
    receive(a_sum(order))
    accept(receive(a_sum(order, 89_000, reference="B")), by=a_staff_member(), as_is=True)
    assert Payment.objects.get().state == State.PAID


def test_staff_mark_each_part_once() -> None:
    payment, staff = a_deposited_order().payment, a_staff_member()
    mark_received(payment, by=staff, part="deposit")
    with pytest.raises(NotExpected):
        mark_received(payment, by=staff, part="deposit")
    assert Payment.objects.get().received == 30_000
    mark_received(payment, by=staff, part="rest")
    assert Payment.objects.get().state == State.PAID


def test_a_late_deposit_releases_the_stock() -> None:
    goods = a_product(price=100_000, stock=10)
    order = a_deposited_order(goods=goods)
    late(order)
    assert release_overdue() == 1
    assert goods.stockrecords.get().num_allocated == 0
    assert receive(a_sum(order, 30_000)).reason == Reason.LATE


def test_a_deposit_waits_as_long_as_was_agreed_on() -> None:
    until = timezone.now() + timedelta(days=3)
    assert a_deposited_order(agreed={"held_until": until}).payment.held_until == until


def test_the_rest_is_not_released_by_the_clock() -> None:
    receive(a_sum(a_deposited_order()))
    assert release_overdue() == 0


def test_goods_are_packed_but_do_not_leave_before_the_rest_is_paid() -> None:
    order = a_deposited_order()
    receive(a_sum(order))
    parcel = start_packing(order.parcels.get())
    with pytest.raises(StepNotPossible, match="trả đủ"):
        hand_over(parcel, "Bưu điện")
    receive(a_sum(Order.objects.get(), reference="FT-2"))
    mark_delivered(hand_over(parcel, "Bưu điện"))
    assert Order.objects.get().status == "completed"


def test_staff_may_let_the_goods_go_and_the_rest_stays_due() -> None:
    order, staff = a_deposited_order(), a_staff_member()
    receive(a_sum(order))
    let_goods_go(order.payment, by=staff, reason="khách quen")
    mark_delivered(hand_over(order.parcels.get(), "Bưu điện"))
    payment = Payment.objects.get()
    assert (payment.state, payment.due) == (State.DEPOSITED, 90_000)
    receive(a_sum(Order.objects.get(), reference="FT-2"))
    assert Payment.objects.get().state == State.PAID


def test_nothing_is_let_go_while_no_deposit_has_come() -> None:
    with pytest.raises(NotExpected):
        let_goods_go(a_deposited_order().payment, by=a_staff_member(), reason="-")


def test_cancelling_promises_the_deposit_back() -> None:
    order = a_deposited_order()
    receive(a_sum(order))
    cancel_order(Order.objects.get(), forced=True)
    send_waiting_refunds()
    payment = Payment.objects.get()
    assert (payment.state, payment.refunded) == (State.RELEASED, 30_000)


def test_a_buyer_who_paid_a_deposit_asks_staff_to_cancel() -> None:
    order = a_deposited_order()
    assert may_cancel(Order.objects.get())
    receive(a_sum(order))
    assert not may_cancel(Order.objects.get())
    with pytest.raises(CannotCancel):
        cancel_order(Order.objects.get())


def test_part_of_a_deposit_given_back_leaves_the_rest_awaited() -> None:
    order = a_deposited_order()
    receive(a_sum(order))
    ask_refund(Payment.objects.get(), reason="bớt", amount=Decimal(10_000))
    send_waiting_refunds()
    payment = Payment.objects.get()
    assert (payment.state, payment.due) == (State.DEPOSITED, 90_000)
    receive(a_sum(Order.objects.get(), reference="FT-2"))
    assert Payment.objects.get().state == State.PARTLY_REFUNDED


@pytest.mark.parametrize("deposit", [0, 120_000])
def test_nothing_or_all_beforehand_is_no_deposit(deposit: int) -> None:
    order = a_deposited_order(deposit)
    assert (order.payment.due, order.payment.rest) == (120_000, 0)
    receive(a_sum(order))
    assert Payment.objects.get().state == State.PAID


def test_an_order_with_a_deposit_is_not_changed_to_cash() -> None:
    with pytest.raises(CannotChange):
        change_method(a_deposited_order(), "cod")


def test_cash_takes_no_deposit() -> None:
    with pytest.raises(ValueError, match="no deposits"):
        an_order(
            a_product(price=100_000), agreed=Agreed(Decimal(0), deposit=Decimal(1_000)), email=""
        )


def test_agreed_delivery_and_fees_are_the_orders_whatever_the_table_says() -> None:
    goods = {a_product(weight_grams=700): 1, a_product(weight_grams=300): 1}
    agreed = Agreed(Decimal(33_333), (AgreedFee("logo", "In logo", Decimal(500_000)),))
    order = an_order(goods, agreed=agreed)  # type: ignore[arg-type]
    assert order.shipping_incl_tax == 33_333
    assert [each.charge for each in order.parcels.order_by("position")] == [23_333, 10_000]
    assert [(each.name, each.incl_tax) for each in order.surcharges.all()] == [
        ("In logo", Decimal(500_000))
    ]
    assert order.total_incl_tax == 90_000 + 33_333 + 500_000


def test_the_contract_says_deposit_and_rest() -> None:
    order = a_deposited_order(agreed={"rest_due_on": date(2027, 1, 20)})
    assert order.summary.facts["deposit"] == {
        "amount": 30_000,
        "rest": 90_000,
        "until": "2027-01-20",
    }
    assert a_prepaid_order().summary.facts["deposit"] is None


def test_the_transfer_page_asks_for_what_is_due_now(client: Client, settings: Any) -> None:
    a_bank_account()
    agreed = Agreed(Decimal(0), deposit=Decimal(40_000))
    settings.PAYMENT_METHODS = ["shop.payment.methods.vietqr.method.VietQR"]
    order = an_order(a_product(price=100_000), payment="vietqr", agreed=agreed)
    client.get(order.get_absolute_url())
    url = reverse("vietqr:transfer", args=[order.number])
    page = client.get(url)
    assert page.context["transfer"]["amount"] == 40_000
    assert "60.000\u00a0₫" in page.content.decode()
    receive(a_sum(order))
    state = reverse("vietqr:state", args=[order.number])
    assert client.get(f"{state}?n=1&part=deposit")["HX-Redirect"]
    assert client.get(url).context["transfer"]["amount"] == 60_000
    assert "data-countdown" not in client.get(f"{state}?n=1&part=rest").content.decode()
    detail = client.get(reverse("order:detail", args=[order.number])).content.decode()
    assert "Đã nhận tiền cọc, còn 60.000\u00a0₫." in detail and url in detail


def test_staff_see_the_parts_and_let_go_with_a_reason() -> None:
    ensure_staff_group()
    client = signed_in(in_group(a_staff_member(), ACCOUNTS))
    order = a_deposited_order()
    page = reverse("payments:detail", args=[order.number])
    assert "Tiền cọc" in client.get(page).content.decode()
    receive(a_sum(order))
    url = reverse("payments:let-go", args=[order.number])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "khách quen"}).status_code == 302
    assert Payment.objects.get().rest_may_wait
    url = reverse("payments:received", args=[order.number])
    client.post(url, {"note": "sao kê", "part": "deposit"})
    assert Payment.objects.get().received == 30_000
    client.post(url, {"note": "sao kê", "part": "rest"})
    assert Payment.objects.get().state == State.PAID

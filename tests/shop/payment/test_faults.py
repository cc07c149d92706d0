"""Whatever dies, comes twice or comes at once: money received is in orders or in the queue."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.utils import timezone

from shop.order import placing
from shop.order.cancelling import CannotCancel, cancel_order
from shop.order.fulfilment import start_packing
from shop.order.models import Order
from shop.order.placing import NotPlaced, place_order
from shop.order.steps import StepNotPossible
from shop.partner.models import StockRecord
from shop.payment.books import what_is_wrong
from shop.payment.messages import apply_message, apply_waiting, store_message
from shop.payment.models import MoneyReceived, Payment, ProviderMessage, Refund
from shop.payment.queue import CannotResolve, accept
from shop.payment.receiving import Incoming, mark_received, receive
from shop.payment.refunding import CannotRefund, ask_refund, send_waiting_refunds
from shop.payment.releasing import release_overdue
from tests.factories import a_basket_with, a_product, a_staff_member, zone_rates
from tests.shop.order.test_at_once import opened, placement_of
from tests.shop.payment.dying import dies_after, dies_before
from tests.shop.payment.paying import Prepaid, a_prepaid_order, a_sum, late

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("prepaid"),
]
AT_ONCE = 10


@pytest.fixture(autouse=True)
def _books_close() -> Iterator[None]:
    yield
    assert what_is_wrong() == []


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Do all at the same moment, each on a connection of its own; what each gave or raised."""
    barrier = Barrier(len(actions))

    def act(action: Callable[[], Any]) -> Any:
        try:
            barrier.wait()
            return action()
        except (NotPlaced, CannotCancel, CannotRefund, CannotResolve, StepNotPossible) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(act, actions))


# --- Dying --------------------------------------------------------------------------------------

PLACING_STEPS = [
    "shop.order.placing._locked_basket",
    "shop.order.placing._allocate",
    "shop.order.placing._write",
    "shop.order.placing.open_payment",
    "shop.order.placing.write_placed_letters",
]


@pytest.mark.parametrize("step", PLACING_STEPS)
def test_death_while_placing_leaves_nothing_and_the_next_click_orders(step: str) -> None:
    zone_rates()
    basket = a_basket_with(a_product(stock=1))
    form = placement_of(basket, "key")
    dies_after(step, lambda: place_order(opened(basket.pk), form))
    assert not Order.objects.exists()
    assert not Payment.objects.exists()
    assert StockRecord.objects.get().num_allocated in (None, 0)
    assert place_order(opened(basket.pk), form).number
    assert StockRecord.objects.get().num_allocated == 1


def test_death_right_after_placing_leaves_one_order_for_the_next_click() -> None:
    zone_rates()
    basket = a_basket_with(a_product(stock=5))
    form = placement_of(basket, "key")
    dies_after("tests.shop.payment.test_faults.place_order", lambda: _place(basket.pk, form))
    order = Order.objects.get()
    assert place_order(opened(basket.pk), form) == order


def _place(pk: int, form: Any) -> Order:
    return place_order(opened(pk), form)


RECEIVING_STEPS = [
    "shop.payment.receiving.locked_payment",
    "shop.payment.receiving.settle",
    "shop.payment.receiving.enter_debit",
    "shop.payment.receiving.write_paid_letters",
]


@pytest.mark.parametrize("step", RECEIVING_STEPS)
def test_death_while_confirming_is_made_good_by_the_worker(step: str, settings: Any) -> None:
    order = a_prepaid_order()
    message = a_told_transfer(order, settings)
    dies_after(step, lambda: apply_message(message))
    assert Order.objects.get().status == "pending-payment"
    assert not MoneyReceived.objects.exists()
    assert apply_waiting() == 1
    assert Order.objects.get().status == "placed"
    assert apply_waiting() == 0


def test_death_between_storing_and_applying_loses_no_message(settings: Any) -> None:
    order = a_prepaid_order()
    a_told_transfer(order, settings)
    dies_before("tests.shop.payment.test_faults.apply_waiting", lambda: apply_waiting())
    assert ProviderMessage.objects.get().state == ProviderMessage.State.NEW
    assert apply_waiting() == 1
    assert Order.objects.get().status == "placed"


RELEASING_STEPS = [
    "shop.order.cancelling._release_promotions",
    "shop.order.cancelling.release_payment",
]


@pytest.mark.parametrize("step", RELEASING_STEPS)
def test_death_while_releasing_is_made_good_by_the_next_round(step: str) -> None:
    late(a_prepaid_order(quantity=2))
    dies_after(step, release_overdue)
    assert Order.objects.get().status == "pending-payment"
    assert StockRecord.objects.get().num_allocated == 2
    assert release_overdue() == 1
    assert StockRecord.objects.get().num_allocated == 0


def test_death_while_sending_a_refund_sends_it_once_in_the_end() -> None:
    order = a_prepaid_order()
    receive(a_sum(order))
    Prepaid.answer = TimeoutError()
    ask_refund(order.payment, reason="Hỏng", amount=order.total_incl_tax)
    Prepaid.answer = "re_1"
    # The provider has paid, the shop dies before it writes that down.
    dies_before("shop.payment.refunding.finish_refund", send_waiting_refunds)
    Prepaid.sent.clear()
    assert send_waiting_refunds() == 1
    assert Prepaid.sent == [Refund.objects.get().key]
    assert Payment.objects.get().refunded == order.total_incl_tax


def told(message: ProviderMessage) -> str:
    """Applies what `a_told_transfer` wrote."""
    order = Order.objects.get(number=message.body)
    return str(receive(a_sum(order, order.total_incl_tax), message=message).state)


def a_told_transfer(order: Order, settings: Any) -> ProviderMessage:
    settings.PAYMENT_PROVIDERS = {"bank": "tests.shop.payment.test_faults.told"}
    return store_message("bank", "1", order.number.encode())


# --- At once ------------------------------------------------------------------------------------


def test_ten_copies_of_a_message_at_once_are_one_sum(settings: Any) -> None:
    order = a_prepaid_order()
    settings.PAYMENT_PROVIDERS = {"bank": "tests.shop.payment.test_faults.told"}

    def tell() -> None:
        apply_message(store_message("bank", "1", order.number.encode()))

    at_once(*[tell] * AT_ONCE)
    assert MoneyReceived.objects.get().state == MoneyReceived.State.APPLIED
    assert ProviderMessage.objects.get().state == ProviderMessage.State.APPLIED
    assert order.payment.events.filter(kind="received").count() == 1


def test_ten_copies_of_an_unknown_sum_at_once_are_one_row_of_the_queue() -> None:
    incoming = Incoming("bank", "FT1", a_prepaid_order().total_incl_tax, timezone.now())
    rows = at_once(*[lambda: receive(incoming)] * AT_ONCE)
    assert len({row.pk for row in rows}) == 1
    assert MoneyReceived.objects.get().state == MoneyReceived.State.QUEUED


def test_two_transfers_for_one_order_at_once_pay_it_once() -> None:
    order = a_prepaid_order()
    sums = [a_sum(order, reference=f"FT{n}") for n in range(AT_ONCE)]
    at_once(*[lambda each=each: receive(each) for each in sums])
    states = list(MoneyReceived.objects.values_list("state", flat=True))
    assert sorted(states) == ["applied", *["queued"] * (AT_ONCE - 1)]


def test_money_and_deadline_at_once_either_pay_or_release() -> None:
    order = a_prepaid_order()
    late(order)
    incoming = a_sum(order)
    at_once(lambda: receive(incoming), release_overdue, lambda: receive(incoming), release_overdue)
    order = Order.objects.get()
    money = MoneyReceived.objects.get()
    if order.status == "placed":
        assert money.state == MoneyReceived.State.APPLIED
    else:
        assert (order.status, money.reason) == ("cancelled", MoneyReceived.Reason.LATE)


def test_money_and_cancelling_at_once_never_lose_the_money() -> None:
    order = a_prepaid_order()
    incoming = a_sum(order)
    at_once(lambda: receive(incoming), lambda: cancel_order(order))
    assert Order.objects.get().status == "cancelled"
    money = MoneyReceived.objects.get()
    if money.state == MoneyReceived.State.APPLIED:
        assert Refund.objects.get().amount == incoming.amount
    else:
        assert money.reason == MoneyReceived.Reason.LATE


def test_refunds_at_once_never_give_back_more_than_came() -> None:
    order = a_prepaid_order()
    receive(a_sum(order))
    half = order.total_incl_tax // 2 + 1
    at_once(*[lambda: ask_refund(order.payment, reason="Hỏng", amount=half)] * 4)
    assert Refund.objects.count() == 1


def test_workers_at_once_enter_a_refund_once() -> None:
    order = a_prepaid_order()
    receive(a_sum(order))
    ask_refund(order.payment, reason="Hỏng", amount=order.total_incl_tax)
    at_once(*[send_waiting_refunds] * 4)
    assert Payment.objects.get().refunded == order.total_incl_tax


def test_two_of_staff_at_once_settle_a_sum_once() -> None:
    order = a_prepaid_order()
    money = receive(a_sum(order, note="khong co ma"))
    staff = a_staff_member()
    at_once(*[lambda: accept(money, by=staff, order=order)] * 4)
    assert Payment.objects.get().received == order.total_incl_tax


def test_bank_and_staff_at_once_pay_an_order_once() -> None:
    order = a_prepaid_order()
    staff = a_staff_member()
    incoming = a_sum(order)
    at_once(lambda: receive(incoming), lambda: _mark(order, staff), lambda: _mark(order, staff))
    assert Payment.objects.get().received == order.total_incl_tax


def _mark(order: Order, staff: Any) -> Any:
    from shop.payment.receiving import NotExpected

    try:
        return mark_received(order.payment, by=staff)
    except NotExpected as refusal:
        return refusal


def test_packing_and_cancelling_at_once_do_not_both_happen() -> None:
    order = a_prepaid_order()
    receive(a_sum(order))
    parcel = order.parcels.get()
    at_once(lambda: start_packing(parcel), lambda: cancel_order(Order.objects.get()))
    order = Order.objects.get()
    assert (order.status, order.parcels.get().status) in {
        ("packing", "packing"),
        ("cancelled", "cancelled"),
    }


@pytest.mark.slow
def test_two_hundred_buyers_of_fifty_jars_buy_fifty() -> None:
    zone_rates()
    jar = a_product(stock=50)
    forms = []
    for number in range(200):
        basket = a_basket_with(jar)
        forms.append((basket.pk, placement_of(basket, f"key-{number}")))

    def buy(form: tuple[int, Any]) -> Any:
        try:
            return place_order(opened(form[0]), form[1])
        except NotPlaced as refusal:
            return refusal
        finally:
            connection.close()

    # As many at the same moment as a server has connections for; the others queue behind.
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(buy, forms))
    assert sum(isinstance(answer, Order) for answer in answers) == 50
    assert sum(isinstance(answer, NotPlaced) for answer in answers) == 150
    assert StockRecord.objects.get().num_allocated == 50


def test_database_that_restarts_while_placing_loses_nothing(monkeypatch: Any) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only on PostgreSQL")
    zone_rates()
    basket = a_basket_with(a_product(stock=1))
    form = placement_of(basket, "key")
    real = placing.open_payment

    def restart(*args: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [pid] = cursor.fetchone()
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
        other.close()
        return real(*args)

    monkeypatch.setattr(placing, "open_payment", restart)
    with pytest.raises(OperationalError):
        place_order(opened(basket.pk), form)
    connection.close()
    monkeypatch.setattr(placing, "open_payment", real)
    assert not Order.objects.exists()
    assert place_order(opened(basket.pk), form) == Order.objects.get()

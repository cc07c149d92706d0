"""Cards: the official client against a server that speaks as Stripe does, at its worst."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
import stripe
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shop.order.cancelling import cancel_order
from shop.order.models import Order
from shop.payment.books import what_is_wrong
from shop.payment.changing import change_method
from shop.payment.chasing import chase_late_messages
from shop.payment.messages import apply_waiting
from shop.payment.methods.stripe import sessions
from shop.payment.methods.stripe.client import client as official
from shop.payment.models import MoneyReceived, Payment, ProviderMessage, Refund
from shop.payment.refunding import ask_refund, send_waiting_refunds
from shop.payment.releasing import release_overdue
from tests.factories import a_product, an_order, zone_rates
from tests.shop.buying import a_guest_with, buy, look
from tests.shop.payment.paying import late
from tests.shop.vouchers import a_voucher
from tests.stripe_server.server import (
    SECRET_KEY,
    WEBHOOK_SECRET,
    StripeServer,
    event,
    signature,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def server(settings: Any, monkeypatch: Any) -> Iterator[StripeServer]:
    with StripeServer() as running:
        settings.STRIPE_SECRET_KEY = SECRET_KEY
        settings.STRIPE_WEBHOOK_SECRET = WEBHOOK_SECRET
        settings.STRIPE_API_BASE = running.address
        # Retrying is the client's affair; waiting for it is not the tests'.
        monkeypatch.setattr("shop.payment.methods.stripe.client.RETRIES", 0)
        yield running
    assert what_is_wrong() == []


def a_card_order(**facts: Any) -> Order:
    return an_order(a_product(price=100_000, stock=10), payment="stripe", **facts)


def a_guest_of(order: Order) -> Client:
    guest = Client()
    guest.get(order.get_absolute_url())
    return guest


def at(name: str, order: Order) -> str:
    return reverse(f"stripe:{name}", args=[order.number])


def session_of(order: Order, server: StripeServer) -> dict[str, Any]:
    return server.state.sessions[Payment.objects.get(order=order).reference]


def say(body: bytes, header: str = "") -> Any:
    return Client(enforce_csrf_checks=True).post(
        reverse("webhooks:stripe"),
        body,
        content_type="application/json",
        headers={"Stripe-Signature": header or signature(body)},
    )


def tell(kind: str, thing: dict[str, Any], name: str = "") -> Any:
    return say(event(kind, thing, name=name))


COMPLETED = "checkout.session.completed"


def paid_session(order: Order, server: StripeServer, **facts: Any) -> dict[str, Any]:
    """The buyer went to Stripe's page and paid there."""
    a_guest_of(order).get(at("pay", order))
    return server.pay(session_of(order, server)["id"], **facts)


def status(order: Order) -> str:
    return Order.objects.get(pk=order.pk).status


# --- The usual way ------------------------------------------------------------------------------


def test_cards_are_off_until_both_keys_are_set(settings: Any) -> None:
    zone_rates()
    assert "Stripe" in look(a_guest_with(a_product())).content.decode()
    settings.STRIPE_WEBHOOK_SECRET = ""
    assert "Stripe" not in look(a_guest_with(a_product())).content.decode()
    assert say(b"{}").status_code == 404


def test_buyer_goes_to_stripe_pays_and_comes_back_to_thanks(server: StripeServer) -> None:
    zone_rates()
    guest = a_guest_with(a_product(price=100_000), 2)
    to_pay = buy(guest, payment="stripe")
    order = Order.objects.get()
    assert (order.status, to_pay.url) == ("pending-payment", at("pay", order))
    to_stripe = guest.get(to_pay.url)
    session = session_of(order, server)
    assert (to_stripe.status_code, to_stripe.headers["Location"]) == (303, session["url"])
    assert (session["amount_total"], session["currency"]) == (int(order.total_incl_tax), "vnd")
    assert session["client_reference_id"] == order.number
    server.pay(session["id"])
    assert tell(COMPLETED, session).status_code == 200
    assert guest.get(at("returned", order)).url == reverse("order:thanks", args=[order.number])
    assert status(order) == "placed"


def test_hold_lasts_as_long_as_the_session(server: StripeServer) -> None:
    order = a_card_order()
    a_guest_of(order).get(at("pay", order))
    held_until = Payment.objects.get().held_until
    assert held_until is not None
    assert session_of(order, server)["expires_at"] == int(held_until.timestamp())


def test_sum_is_right_to_the_dong_with_a_discount(server: StripeServer) -> None:
    zone_rates()
    product = a_product(price=33_333)
    guest = a_guest_with(product, 3)
    a_voucher("CHAO10", percent=10)
    guest.post(reverse("basket:vouchers-add"), {"code": "CHAO10"})
    buy(guest, payment="stripe")
    order = Order.objects.get()
    guest.get(at("pay", order))
    assert session_of(order, server)["amount_total"] == int(order.total_incl_tax)


def test_second_visit_goes_to_the_same_session(server: StripeServer) -> None:
    order = a_card_order()
    guest = a_guest_of(order)
    first, second = (guest.get(at("pay", order)).headers["Location"] for _ in range(2))
    assert first == second
    assert len(server.state.sessions) == 1


def test_new_session_after_the_first_expired(server: StripeServer) -> None:
    order = a_card_order()
    guest = a_guest_of(order)
    guest.get(at("pay", order))
    first = session_of(order, server)
    server.expire(first["id"])
    tell("checkout.session.expired", first)
    assert status(order) == "pending-payment"
    assert guest.get(at("pay", order)).status_code == 303
    assert session_of(order, server)["id"] != first["id"]


def test_turning_back_keeps_order_and_goods(server: StripeServer) -> None:
    order = a_card_order()
    guest = a_guest_of(order)
    guest.get(at("pay", order))
    page = guest.get(at("cancelled", order), follow=True).content.decode()
    assert "Bạn chưa trả tiền" in page
    assert at("pay", order) in page
    assert "Trả tiền khi nhận hàng" in page


def test_paying_in_cash_instead_ends_the_session(server: StripeServer) -> None:
    order = a_card_order()
    a_guest_of(order).get(at("pay", order))
    session = session_of(order, server)
    change_method(Order.objects.get(), "cod")
    assert session["status"] == "expired"


def test_number_alone_opens_nothing() -> None:
    order = a_card_order()
    for name in ("pay", "returned", "state", "cancelled"):
        assert Client().get(at(name, order)).status_code == 404


# --- Webhooks at their worst --------------------------------------------------------------------


def test_event_told_ten_times_is_once(server: StripeServer) -> None:
    order = a_card_order()
    session = paid_session(order, server)
    for _time in range(10):
        assert tell(COMPLETED, session, "evt_1").status_code == 200
    tell(COMPLETED, session, "evt_2")
    assert MoneyReceived.objects.count() == 1
    assert ProviderMessage.objects.count() == 2
    assert Payment.objects.get().received == order.total_incl_tax


def test_events_in_the_wrong_order_come_out_right(server: StripeServer) -> None:
    order = a_card_order()
    session = paid_session(order, server)
    tell("checkout.session.async_payment_succeeded", session)
    tell("checkout.session.expired", session)
    tell(COMPLETED, session)
    assert status(order) == "placed"


def test_return_before_the_webhook_tells_the_truth_then_asks_stripe(server: StripeServer) -> None:
    order = a_card_order()
    guest = a_guest_of(order)
    session = paid_session(order, server)
    body = guest.get(at("returned", order)).content.decode()
    assert "đợi Stripe xác nhận" in body
    assert "n=1" in body
    assert guest.get(at("state", order)).status_code == 200
    assert status(order) == "pending-payment"
    with time_machine.travel(timezone.now() + timedelta(seconds=20)):
        answer = guest.get(at("state", order))
    assert answer.headers["HX-Redirect"] == reverse("order:thanks", args=[order.number])
    tell(COMPLETED, session)
    assert MoneyReceived.objects.count() == 1


def test_webhook_that_never_comes_is_chased(server: StripeServer) -> None:
    order = a_card_order()
    paid_session(order, server)
    assert chase_late_messages() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        assert chase_late_messages() == 1
    assert status(order) == "placed"


def test_money_of_the_last_second_keeps_the_order(server: StripeServer) -> None:
    order = a_card_order()
    paid_session(order, server)
    late(order)
    assert release_overdue() == 0
    assert status(order) == "placed"


def test_release_ends_the_session_first(server: StripeServer) -> None:
    order = a_card_order()
    a_guest_of(order).get(at("pay", order))
    session = session_of(order, server)
    late(order)
    assert release_overdue() == 1
    assert (status(order), session["status"]) == ("cancelled", "expired")


def test_money_for_a_released_order_waits_in_the_queue(server: StripeServer) -> None:
    order = a_card_order()
    session = paid_session(order, server)
    cancel_order(Order.objects.get())
    tell(COMPLETED, session)
    assert MoneyReceived.objects.get().reason == MoneyReceived.Reason.LATE
    assert status(order) == "cancelled"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [({"amount": 1_000}, "under"), ({"amount": 10**9}, "over"), ({"currency": "usd"}, "currency")],
)
def test_other_amount_or_currency_never_pays(
    server: StripeServer, facts: dict, reason: str
) -> None:
    order = a_card_order()
    tell(COMPLETED, paid_session(order, server, **facts))
    assert MoneyReceived.objects.get().reason == reason
    assert status(order) == "pending-payment"


def test_event_for_another_order_pays_that_one_only(server: StripeServer) -> None:
    first, second = a_card_order(), a_card_order()
    session = paid_session(first, server)
    tell(COMPLETED, {**session, "client_reference_id": second.number})
    assert (status(first), status(second)) == ("pending-payment", "placed")


def test_unpaid_completion_waits_for_the_bank(server: StripeServer) -> None:
    order = a_card_order()
    a_guest_of(order).get(at("pay", order))
    tell(COMPLETED, {**session_of(order, server), "status": "complete"})
    assert status(order) == "pending-payment"


def test_forged_and_replayed_events_are_refused(server: StripeServer) -> None:
    order = a_card_order()
    body = event(COMPLETED, paid_session(order, server))
    assert say(body, signature(body, secret="whsec_other")).status_code == 400
    assert say(body, signature(body, at=time.time() - 400)).status_code == 400
    assert say(body.replace(b"vnd", b"usd"), signature(body)).status_code == 400
    assert say(body, "nonsense").status_code == 400
    for garbage in (b"", b"[]", b"{}", b'{"id": 1}', b"\xff"):
        assert say(garbage).status_code == 400
    assert not ProviderMessage.objects.exists()
    assert status(order) == "pending-payment"


def test_event_that_breaks_the_handler_is_kept_and_tried_again(
    server: StripeServer, monkeypatch: Any
) -> None:
    order = a_card_order()
    session = paid_session(order, server)
    with monkeypatch.context() as broken:
        broken.setattr("shop.payment.methods.stripe.events.settle", lambda *_a: 1 / 0)
        assert tell(COMPLETED, session).status_code == 200
    assert status(order) == "pending-payment"
    assert apply_waiting() == 1
    assert status(order) == "placed"


def test_events_of_no_use_are_kept_and_left() -> None:
    tell("customer.created", {"id": "cus_1"})
    assert ProviderMessage.objects.get().outcome == "left"


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_ten_copies_at_once_are_one(server: StripeServer) -> None:
    order = a_card_order()
    session = paid_session(order, server)
    barrier = Barrier(10)

    def send(number: int) -> int:
        try:
            barrier.wait()
            return tell(COMPLETED, session, f"evt_{number % 5}").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(send, range(10))) == {200}
    assert Payment.objects.get().received == order.total_incl_tax
    assert ProviderMessage.objects.count() == 5


# --- Stripe at its worst ------------------------------------------------------------------------


@pytest.mark.parametrize("instead", [(500, b"{}"), (429, b"{}"), (200, b"<html>"), (502, b"")])
def test_stripe_that_answers_garbage_leaves_the_order_and_other_ways(
    server: StripeServer, instead: tuple[int, bytes]
) -> None:
    order = a_card_order()
    guest = a_guest_of(order)
    server.state.instead = instead
    page = guest.get(at("pay", order))
    assert page.status_code == 503
    body = page.content.decode()
    assert "chưa có khoản nào bị trừ" in body
    assert "Trả tiền khi nhận hàng" in body
    server.state.instead = None
    assert guest.get(at("pay", order)).status_code == 303


def test_stripe_that_is_down_or_slow_is_the_same(server: StripeServer, monkeypatch: Any) -> None:
    order = a_card_order()
    guest = a_guest_of(order)
    monkeypatch.setattr("shop.payment.methods.stripe.client.TIMEOUT_SECONDS", 0.3)
    server.state.delay = 1
    assert guest.get(at("pay", order)).status_code == 503
    server.stop()
    assert guest.get(at("pay", order)).status_code == 503
    assert guest.get(at("state", order)).status_code == 200
    assert status(order) == "pending-payment"


def test_order_is_not_released_while_stripe_does_not_say(server: StripeServer) -> None:
    order = a_card_order()
    a_guest_of(order).get(at("pay", order))
    late(order)
    server.state.instead = (500, b"{}")
    assert release_overdue() == 0
    assert chase_late_messages() == 0
    server.state.instead = None
    assert release_overdue() == 1


def test_parameters_that_stripe_does_not_know_are_refused() -> None:
    with pytest.raises(stripe.InvalidRequestError, match="unknown parameter: surprise"):
        official().v1.refunds.create(params={"surprise": "1"})  # type: ignore[typeddict-unknown-key]
    with pytest.raises(stripe.InvalidRequestError, match=r"line_items\[0\]\[quantity\]"):
        official().v1.checkout.sessions.create(
            params={"line_items": [{"quantity": "x"}], "mode": "payment"}  # type: ignore[typeddict-item]
        )


# --- Refunds ------------------------------------------------------------------------------------


def a_paid_order(server: StripeServer) -> Order:
    order = a_card_order()
    tell(COMPLETED, paid_session(order, server))
    return Order.objects.get(pk=order.pk)


def test_refund_goes_by_itself_once(server: StripeServer) -> None:
    order = a_paid_order(server)
    ask_refund(order.payment, reason="Hỏng", amount=Decimal(30_000))
    assert send_waiting_refunds() == 1
    assert send_waiting_refunds() == 0
    [sent] = server.state.refunds.values()
    assert sent["amount"] == 30_000
    assert sent["payment_intent"] == MoneyReceived.objects.get().reference
    assert Payment.objects.get().refunded == 30_000


def test_refund_whose_answer_was_lost_is_paid_once(server: StripeServer) -> None:
    order = a_paid_order(server)
    refund = ask_refund(order.payment, reason="Hỏng", amount=Decimal(30_000))
    from shop.payment.methods.stripe.method import Stripe

    Stripe().refund(refund)  # Stripe paid, the shop never heard
    assert send_waiting_refunds() == 1
    assert len(server.state.refunds) == 1


def test_refund_waits_while_stripe_is_down(server: StripeServer) -> None:
    order = a_paid_order(server)
    ask_refund(order.payment, reason="Hỏng", amount=Decimal(30_000))
    server.state.instead = (500, b"{}")
    assert send_waiting_refunds() == 0
    server.state.instead = None
    assert send_waiting_refunds() == 1


def test_refused_refund_tells_staff_why(server: StripeServer) -> None:
    order = a_paid_order(server)
    ask_refund(order.payment, reason="Hỏng", amount=Decimal(30_000))
    server.state.refuse_refunds = "charge_already_refunded"
    send_waiting_refunds()
    refund = Refund.objects.get()
    assert (refund.state, "refused" in refund.error) == ("failed", True)


def test_refund_made_at_stripe_is_entered_once(server: StripeServer) -> None:
    order = a_paid_order(server)
    intent = MoneyReceived.objects.get().reference
    charge = {"id": "ch_1", "payment_intent": intent, "amount_refunded": 20_000}
    tell("charge.refunded", charge)
    tell("charge.refunded", charge)
    assert Payment.objects.get().refunded == 20_000
    assert order.sources.get().amount_refunded == 20_000


def test_own_refund_told_by_webhook_is_not_entered_twice(server: StripeServer) -> None:
    order = a_paid_order(server)
    refund = ask_refund(order.payment, reason="Hỏng", amount=Decimal(30_000))
    intent = MoneyReceived.objects.get().reference
    tell("charge.refunded", {"id": "ch", "payment_intent": intent, "amount_refunded": 30_000})
    told = {"id": "re_9", "status": "succeeded", "metadata": {"refund": refund.key}}
    tell("refund.updated", told)
    send_waiting_refunds()
    assert Payment.objects.get().refunded == 30_000


def test_refund_that_failed_later_is_said_to_staff(server: StripeServer) -> None:
    order = a_paid_order(server)
    refund = ask_refund(order.payment, reason="Hỏng", amount=Decimal(30_000))
    told = {"id": "re_9", "status": "failed", "metadata": {"refund": refund.key}}
    tell("refund.failed", {**told, "failure_reason": "expired_or_canceled_card"})
    refund.refresh_from_db()
    assert (refund.state, "expired" in refund.error) == ("failed", True)


def test_dispute_stands_in_the_history(server: StripeServer) -> None:
    order = a_paid_order(server)
    intent = MoneyReceived.objects.get().reference
    tell("charge.dispute.created", {"id": "dp", "payment_intent": intent, "amount": 125_000})
    assert "khiếu nại 125.000" in order.payment.events.get(kind="note").words


def test_message_is_kept_as_it_came(server: StripeServer) -> None:
    order = a_card_order()
    tell(COMPLETED, paid_session(order, server), "evt_7")
    message = ProviderMessage.objects.get()
    assert (message.message_id, message.kind) == ("evt_7", COMPLETED)
    assert json.loads(message.body)["data"]["object"]["client_reference_id"] == order.number


def test_session_belongs_to_the_order_that_waits() -> None:
    order = an_order(a_product())
    with pytest.raises(sessions.NotWaiting):
        sessions.session_url(order)

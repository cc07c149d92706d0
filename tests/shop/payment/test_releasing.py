"""Goods do not wait for ever: a deadline gives back stock and vouchers, never a paid order."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from shop.order.cancelling import cancel_order
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.payment.books import what_is_wrong
from shop.payment.models import Payment
from shop.payment.receiving import NotExpected, receive
from shop.payment.releasing import extend_hold, release_overdue
from tests.factories import a_product, a_staff_member, an_order
from tests.shop.payment.paying import Prepaid, a_prepaid_order, a_sum, late

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("prepaid")]


def test_overdue_order_gives_its_stock_back_once() -> None:
    order = a_prepaid_order(quantity=3)
    late(order)
    assert StockRecord.objects.get().num_allocated == 3
    assert release_overdue() == 1
    assert release_overdue() == 0
    assert StockRecord.objects.get().num_allocated == 0
    assert Order.objects.get().status == "cancelled"
    assert Payment.objects.get().state == Payment.State.RELEASED
    assert what_is_wrong() == []


def test_order_within_its_time_is_left_alone() -> None:
    a_prepaid_order()
    assert release_overdue() == 0
    assert Order.objects.get().status == "pending-payment"


def test_two_hours_is_the_time_of_this_method() -> None:
    a_prepaid_order()
    with time_machine.travel(timezone.now() + timedelta(minutes=119)):
        assert release_overdue() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=121)):
        assert release_overdue() == 1


def test_paid_order_is_never_released() -> None:
    order = a_prepaid_order()
    late(order)
    receive(a_sum(order))
    assert release_overdue() == 0
    assert Order.objects.get().status == "placed"


def test_cash_order_is_never_released() -> None:
    an_order(a_product())
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert release_overdue() == 0


def test_money_found_at_the_last_moment_keeps_the_order() -> None:
    order = a_prepaid_order()
    late(order)
    incoming = a_sum(order)
    Prepaid.on_release = lambda _payment: receive(incoming)
    assert release_overdue() == 0
    assert Order.objects.get().status == "placed"


def test_provider_that_does_not_answer_delays_only_its_own_order() -> None:
    first, second = a_prepaid_order(), a_prepaid_order()
    late(first)
    late(second)

    def silent_for_first(payment: Any) -> None:
        if payment.order_id == first.pk:
            raise TimeoutError("no answer")

    Prepaid.on_release = silent_for_first
    assert release_overdue() == 1
    assert Order.objects.get(pk=first.pk).status == "pending-payment"
    assert Order.objects.get(pk=second.pk).status == "cancelled"


def test_staff_give_more_time() -> None:
    order = a_prepaid_order()
    late(order)
    extend_hold(order.payment, 60, by=a_staff_member())
    assert release_overdue() == 0
    assert order.payment.events.filter(kind="extended").count() == 1


def test_no_time_is_given_to_a_cancelled_order() -> None:
    order = a_prepaid_order()
    cancel_order(order)
    with pytest.raises(NotExpected):
        extend_hold(order.payment, 60, by=a_staff_member())


def test_cancelling_a_paid_order_promises_its_money_back() -> None:
    order = a_prepaid_order()
    receive(a_sum(order))
    cancel_order(Order.objects.get())
    refund = Payment.objects.get().refunds.get()
    assert refund.amount == order.total_incl_tax
    assert what_is_wrong() == []

"""Reports and decisions at the same moment: one request, one refund, one entry into stock."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from shop.order.messages import ask
from shop.order.models import OrderMessage
from shop.partner.models import StockRecord
from shop.payment.models import Refund
from shop.payment.refunding import CannotRefund, LineToRefund, ask_refund, finish_refund
from shop.returns.asking import report
from shop.returns.deciding import agree, refuse
from shop.returns.errors import CannotDecide, CannotReport
from shop.returns.goods import Back, goods_came
from shop.returns.models import ReturnRequest
from tests.factories import a_product
from tests.shop.returns.making import a_report, all_faults, an_arrived_order, yes

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
REFUSALS = (CannotReport, CannotDecide, CannotRefund)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all at the same moment, each on a connection of its own; what each answered."""
    barrier = Barrier(len(acts))

    def do(act: Callable[[], Any]) -> Any:
        try:
            barrier.wait()
            return act()
        except REFUSALS as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def test_one_form_sent_five_times_is_one_request() -> None:
    parcel = an_arrived_order().parcels.get()
    line = parcel.lines.get()

    def send() -> ReturnRequest:
        return report(
            parcel, {line.pk: 1}, reason="broken", words="Vỡ", wish="refund", key="one-key"
        )

    answers = at_once(*[send] * 5)
    assert {answer.pk for answer in answers} == {ReturnRequest.objects.get().pk}


def test_two_forms_of_one_line_are_one_request() -> None:
    parcel = an_arrived_order().parcels.get()
    line = parcel.lines.get()

    def send(key: str) -> Callable[[], ReturnRequest]:
        return lambda: report(
            parcel, {line.pk: 2}, reason="broken", words="Vỡ", wish="refund", key=key
        )

    answers = at_once(*[send(f"k{n}") for n in range(5)])
    assert sum(isinstance(answer, ReturnRequest) for answer in answers) == 1
    assert ReturnRequest.objects.count() == 1


def test_five_clicks_on_yes_are_one_refund() -> None:
    asked = a_report(an_arrived_order().parcels.get())
    decision = yes(asked)
    at_once(*[lambda: agree(asked, decision, by=None)] * 5)
    refund = Refund.objects.get()
    at_once(*[lambda: finish_refund(refund, "FT1")] * 3)
    assert all_faults() == []


def test_yes_and_no_at_once_are_one_of_them() -> None:
    asked = a_report(an_arrived_order().parcels.get())
    decision = yes(asked)
    answers = at_once(
        lambda: agree(asked, decision, by=None), lambda: refuse(asked, "Không", by=None)
    )
    asked.refresh_from_db()
    assert sum(isinstance(answer, CannotDecide) for answer in answers) == 1
    assert Refund.objects.count() == (1 if asked.state == "agreed" else 0)


def test_a_refund_by_hand_and_a_report_never_give_back_more_than_was_bought() -> None:
    order = an_arrived_order(quantity=3)
    line = order.lines.get()
    asked = a_report(order.parcels.get(), {line: 2})
    decision = yes(asked)
    at_once(
        lambda: agree(asked, decision, by=None),
        lambda: ask_refund(order.payment, reason="Tay", lines=[LineToRefund(line, 2)]),
    )
    assert Refund.objects.count() == 1
    assert all_faults() == []


def test_goods_are_entered_once() -> None:
    order = an_arrived_order(a_product(stock=10), 3)
    asked = a_report(order.parcels.get(), {order.lines.get(): 2}, reason="wrong")
    asked = agree(asked, yes(asked, goods_come_back=True), by=None)
    row = asked.lines.get()
    at_once(*[lambda: goods_came(asked, {row.pk: Back(2)}, by=None)] * 5)
    assert StockRecord.objects.get().num_in_stock == 9


def test_a_question_clicked_five_times_is_asked_once() -> None:
    order = an_arrived_order()
    at_once(*[lambda: ask(order, "Bao giờ giao?")] * 5)
    assert OrderMessage.objects.count() == 1

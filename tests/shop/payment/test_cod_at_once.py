"""Cash on delivery when two people press at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from shop.order.fulfilment import hand_over
from shop.order.refusing import refuse_delivery
from shop.partner.models import StockRecord
from shop.payment.methods.cod.confirming import NotWaiting, confirm_order, decline_order
from tests.factories import a_product, a_staff_member, an_order

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """What each gave, an exception among them, each on a connection of its own."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            barrier.wait()
            return act()
        except NotWaiting as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_refused_parcel_is_restocked_once_by_ten_clicks() -> None:
    order = an_order(a_product(stock=10), 3)
    parcel = hand_over(order.parcels.get(), "VNPost")
    sound = {order.lines.get().pk: 3}
    at_once([lambda: refuse_delivery(parcel, restock=sound)] * 10)
    assert StockRecord.objects.get().num_in_stock == 10
    assert order.payment.events.filter(words__contains="bị trả lại").count() == 1


def test_order_is_confirmed_or_cancelled_never_both(settings) -> None:
    settings.COD_CONFIRM_FROM = 0
    order, staff = an_order(a_product(stock=10), 3), a_staff_member()
    answers = at_once(
        [lambda: confirm_order(order, by=staff), lambda: decline_order(order, by=staff)] * 3
    )
    order.refresh_from_db()
    refused = [answer for answer in answers if isinstance(answer, NotWaiting)]
    assert len(refused) == 3
    assert order.status in ("placed", "cancelled")
    promised = StockRecord.objects.get().num_allocated
    assert promised == (3 if order.status == "placed" else 0)
    assert order.status_changes.count() == 1

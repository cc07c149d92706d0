"""Two tabs accept at the same moment, or one accepts while the other declines: once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from shop.corporate.accepting import CannotAccept, accept_quote, decline_quote
from shop.corporate.models import Quote
from shop.order.models import Order
from shop.payment.books import what_is_wrong
from tests.factories import a_product
from tests.shop.corporate.making import a_quote

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
TABS = 6


def at_once(quote: Quote, *answers: Any) -> list[Any]:
    """Every answer at the same moment, each on a connection of its own."""
    barrier = Barrier(len(answers))

    def give(answer: Any) -> Any:
        try:
            barrier.wait()
            return answer(Quote.objects.get(pk=quote.pk))
        except CannotAccept as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(answers)) as pool:
        return list(pool.map(give, answers))


def yes(quote: Quote) -> Any:
    return accept_quote(quote, name="Bình")


def no(quote: Quote) -> Any:
    return decline_quote(quote, words="thôi")


def test_many_clicks_make_one_order() -> None:
    goods = a_product(stock=100)
    answers = at_once(a_quote({goods: 10}, price=40_000), *[yes] * TABS)
    order = Order.objects.get()
    assert answers == [order] * TABS
    assert goods.stockrecords.get().num_allocated == 10
    assert what_is_wrong() == []


def test_accepted_and_declined_at_once_is_one_of_them() -> None:
    quote = a_quote({a_product(stock=100): 10}, price=40_000)
    at_once(quote, yes, no)
    quote.refresh_from_db()
    assert (quote.state, Order.objects.count()) in {("accepted", 1), ("declined", 0)}

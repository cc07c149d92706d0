"""The last use of a code, and two buyers who both want it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from shop.checkout.quote import Quote, price_anew
from shop.checkout.shown import facts_of
from shop.order.models import Order
from shop.order.placing import NotPlaced, Placement, place_order
from tests.factories import a_basket_with, a_buyer, a_product, zone_rates
from tests.shop.order.test_at_once import WISHES, at_once, opened, placement_of
from tests.shop.promotion.making import a_live_code

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def test_the_last_use_is_had_by_one_of_eight_buyers() -> None:
    zone_rates()
    code = a_live_code("MOTLUOT", percent=10, most_uses=1)
    baskets = [a_basket_with(a_product(price=100_000)) for _ in range(8)]
    for basket in baskets:
        basket.vouchers.add(code.voucher)
    answers = at_once([(each, placement_of(each, f"k{n}")) for n, each in enumerate(baskets)])

    assert sum(isinstance(answer, Order) for answer in answers) == 1
    refused = [str(answer) for answer in answers if isinstance(answer, NotPlaced)]
    assert len(refused) == 7 and all("giảm giá" in words for words in refused)
    code.offer.refresh_from_db()
    assert (code.offer.num_applications, code.offer.total_discount) == (1, 10_000)
    assert code.voucher.applications.count() == 1


def test_three_uses_are_three_orders_of_eight() -> None:
    zone_rates()
    code = a_live_code("BALUOT", amount=20_000, most_uses=3)
    baskets = [a_basket_with(a_product(price=100_000)) for _ in range(8)]
    for basket in baskets:
        basket.vouchers.add(code.voucher)
    answers = at_once([(each, placement_of(each, f"k{n}")) for n, each in enumerate(baskets)])
    assert sum(isinstance(answer, Order) for answer in answers) == 3
    assert Order.objects.filter(discounts__amount=20_000).count() == 3


def test_one_customer_in_two_tabs_has_it_once() -> None:
    zone_rates()
    code = a_live_code("MOTLAN", once_per_customer=True)
    member = a_buyer()
    forms = []
    for key in ("a", "b"):
        basket = a_basket_with(a_product(price=100_000), owner=member)
        basket.vouchers.add(code.voucher)
        basket = opened(basket.pk)
        price_anew(basket, member)
        shown = facts_of(Quote(basket, WISHES, member))
        forms.append((basket, replace(placement_of(basket, key), shown=shown)))
    barrier = Barrier(2)

    def send(form: tuple[Any, Placement]) -> Any:
        try:
            barrier.wait()
            return place_order(opened(form[0].pk), form[1], member)
        except NotPlaced as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, forms))
    assert sorted(type(answer).__name__ for answer in answers) == ["NotPlaced", "Order"]
    assert code.voucher.applications.count() == 1

"""Many buyers at the same moment: the last item once, one form one order."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from shop.basket.models import Basket
from shop.checkout.quote import Quote, Wishes, price_anew
from shop.checkout.shown import facts_of
from shop.order.cancelling import cancel_order
from shop.order.models import Order
from shop.order.placing import NotPlaced, Placement, place_order
from shop.partner.models import StockRecord
from shop.partner.strategy import Selector
from tests.factories import a_basket_with, a_producer, a_product, zone_rates
from tests.shop.buying import CAU_GIAY, HA_NOI
from tests.shop.vouchers import a_voucher

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

BUYERS = 20
WISHES = Wishes(province_code=HA_NOI, shipping_code="zone", payment_code="cod")


def placement_of(basket: Basket, key: str) -> Placement:
    """A form filled in and shown with the present total."""
    basket = opened(basket.pk)
    price_anew(basket, AnonymousUser())
    return Placement(
        key=key,
        address={
            "first_name": "Nguyễn Thị Hoa",
            "phone_number": "+84912345678",
            "line1": "12 ngõ 68",
            "line3": "Phường Cầu Giấy",
            "line4": "Thành phố Hà Nội",
            "ward_code": CAU_GIAY,
            "province_code": HA_NOI,
            "country_id": "VN",
        },
        wishes=WISHES,
        language="vi",
        shown=facts_of(Quote(basket, WISHES)),
    )


def opened(pk: int) -> Basket:
    basket = Basket.objects.get(pk=pk)
    basket.strategy = Selector().strategy()
    return basket


def at_once(forms: list[tuple[Basket, Placement]]) -> list[Any]:
    """Send all forms at the same moment, each on a connection of its own."""
    barrier = Barrier(len(forms))

    def send(form: tuple[Basket, Placement]) -> Any:
        basket, placement = form
        try:
            barrier.wait()
            return place_order(opened(basket.pk), placement)
        except NotPlaced as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(send, forms))


def test_last_jar_is_sold_once_to_twenty_buyers() -> None:
    zone_rates()
    jar = a_product("Mật ong", stock=1)
    baskets = [a_basket_with(jar) for _ in range(BUYERS)]
    forms = [(basket, placement_of(basket, f"key-{n}")) for n, basket in enumerate(baskets)]

    answers = at_once(forms)

    orders = [answer for answer in answers if isinstance(answer, Order)]
    refusals = [answer for answer in answers if isinstance(answer, NotPlaced)]
    assert (len(orders), len(refusals)) == (1, BUYERS - 1)
    assert Order.objects.count() == 1
    stock = StockRecord.objects.get()
    assert (stock.num_in_stock, stock.num_allocated) == (1, 1)
    for refusal in refusals:
        assert "hết hàng" in str(refusal)
    assert Basket.objects.filter(status=Basket.SUBMITTED).count() == 1


def test_stock_of_seven_makes_seven_orders() -> None:
    zone_rates()
    jar = a_product(stock=7)
    baskets = [a_basket_with(jar) for _ in range(BUYERS)]
    answers = at_once([(b, placement_of(b, f"key-{n}")) for n, b in enumerate(baskets)])
    assert sum(isinstance(answer, Order) for answer in answers) == 7
    assert StockRecord.objects.get().num_allocated == 7


def test_baskets_in_opposite_order_do_not_wait_for_ever() -> None:
    zone_rates()
    maker = a_producer()
    tea, cake = (
        a_product("Trà", producer=maker, stock=50),
        a_product("Bánh", producer=maker, stock=50),
    )
    baskets = [a_basket_with({tea: 1, cake: 1} if n % 2 else {cake: 1, tea: 1}) for n in range(10)]
    answers = at_once([(b, placement_of(b, f"key-{n}")) for n, b in enumerate(baskets)])
    assert all(isinstance(answer, Order) for answer in answers)
    assert set(StockRecord.objects.values_list("num_allocated", flat=True)) == {10}


def test_double_click_is_one_order_and_both_see_it() -> None:
    zone_rates()
    basket = a_basket_with(a_product(stock=1))
    form = (basket, placement_of(basket, "one-key"))
    first, second = at_once([form, form])
    assert isinstance(first, Order)
    assert first == second
    assert Order.objects.count() == 1
    assert StockRecord.objects.get().num_allocated == 1


def test_single_use_voucher_is_used_once_by_two_tabs() -> None:
    zone_rates()
    product = a_product(price=100_000, stock=50)
    voucher = a_voucher("CHAO10", percent=10, once=True)
    baskets = [a_basket_with(product) for _ in range(6)]
    for basket in baskets:
        basket.vouchers.add(voucher)
    answers = at_once([(b, placement_of(b, f"key-{n}")) for n, b in enumerate(baskets)])
    assert sum(isinstance(answer, Order) for answer in answers) == 1
    assert voucher.applications.count() == 1
    refused = [answer for answer in answers if isinstance(answer, NotPlaced)]
    assert all("giảm giá" in str(answer) for answer in refused)


def test_cancelling_twice_at_once_releases_stock_once() -> None:
    zone_rates()
    basket = a_basket_with(a_product(stock=5), 2)
    other = a_basket_with(StockRecord.objects.get().product, 1)
    order = place_order(opened(basket.pk), placement_of(basket, "a"))
    place_order(opened(other.pk), placement_of(other, "b"))
    barrier = Barrier(4)

    def cancel(_n: int) -> None:
        try:
            barrier.wait()
            cancel_order(order)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(cancel, range(4)))
    assert StockRecord.objects.get().num_allocated == 1
    assert order.status_changes.count() == 1
    assert order.date_placed <= timezone.now()

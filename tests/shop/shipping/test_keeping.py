"""A way that is too slow for what the goods keep is not offered, and says why."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shop.order.fulfilment import start_packing
from shop.shipping.keeping import has_life_left
from shop.shipping.repository import Repository
from shop.shipping.terms import terms_at
from tests.factories import (
    a_basket_with,
    a_lot,
    a_product,
    an_order,
    delivery_rules,
    zone_rates,
)
from tests.shop.buying import BAC_NINH, HA_NOI, HO_CHI_MINH

pytestmark = pytest.mark.django_db


def refusal(product, province: str = HO_CHI_MINH, quantity: int = 1) -> str | None:
    found: str | None = Repository().choices(a_basket_with(product, quantity), province)[0].refusal
    return found


def test_fresh_goods_go_as_far_as_they_keep() -> None:
    zone_rates()
    cake = a_product("Bánh mật", shelf_life_days=6)
    assert refusal(cake, BAC_NINH) is None
    words = refusal(cake)
    assert words is not None
    assert "Bánh mật dùng trong 6 ngày, mà đường đi có thể mất" in words
    assert "nhận tại nơi sản xuất" in words


def test_what_nobody_dated_keeps() -> None:
    zone_rates()
    assert refusal(a_product(shelf_life_days=None)) is None


def test_lots_decide_where_there_are_some() -> None:
    zone_rates()
    today = timezone.localdate()
    tea = a_product("Trà")
    a_lot(tea, best_before=today + timedelta(days=12))
    words = refusal(tea)
    assert words is not None and "Trà đang bán có hạn dùng đến" in words
    a_lot(tea, best_before=today + timedelta(days=200))
    assert refusal(tea) is None


def test_a_lot_with_too_little_left_does_not_count() -> None:
    zone_rates()
    today = timezone.localdate()
    tea = a_product("Trà", stock=50)
    a_lot(tea, best_before=today + timedelta(days=12), quantity=100)
    a_lot(tea, best_before=today + timedelta(days=200), quantity=2)
    assert refusal(tea, quantity=2) is None
    assert refusal(tea, quantity=3) is not None


def test_the_least_share_of_life_is_the_rules() -> None:
    today = timezone.localdate()
    lot = a_lot(
        a_product(), produced_on=today - timedelta(days=50), best_before=today + timedelta(days=50)
    )
    assert has_life_left(lot, today + timedelta(days=30), 20)
    assert not has_life_left(lot, today + timedelta(days=31), 20)
    assert has_life_left(lot, today + timedelta(days=50), 0)
    zone_rates()
    assert refusal(lot.product, HA_NOI) is None
    delivery_rules(least_life_percent=49)
    assert refusal(lot.product, HA_NOI) is not None


def test_packing_takes_the_first_lot_that_keeps_until_it_arrives() -> None:
    zone_rates()
    today = timezone.localdate()
    tea = a_product("Trà")
    a_lot(tea, "CU", best_before=today + timedelta(days=3))
    a_lot(tea, "MOI", best_before=today + timedelta(days=200))
    order = an_order(tea)
    start_packing(order.parcels.get())
    assert order.lines.get().lot.code == "MOI"


def test_lots_of_many_goods_are_read_in_one_query() -> None:
    zone_rates()
    terms_at()  # read once by whoever asks first
    counts = []
    for size in (1, 6):
        goods = {a_product(f"Món {n}"): 1 for n in range(size)}
        for product in goods:
            a_lot(product)
        basket = a_basket_with(goods)
        list(basket.all_lines())
        with CaptureQueriesContext(connection) as captured:
            [way.refusal for way in Repository().choices(basket, HA_NOI)]
        counts.append(len(captured.captured_queries))
    assert counts[0] == counts[1]

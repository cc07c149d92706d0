"""A voucher that came back from a cancelled order, and two tabs that both want it."""

import pytest

from shop.order.cancelling import cancel_order
from shop.order.models import Order
from shop.order.placing import NotPlaced
from tests.factories import a_basket_with, a_product, zone_rates
from tests.shop.order.test_at_once import at_once, placement_of
from tests.shop.vouchers import a_voucher

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def test_voucher_of_a_cancelled_order_is_used_again_by_one_of_two_tabs() -> None:
    zone_rates()
    jar = a_product(price=100_000, stock=50)
    voucher = a_voucher("CHAO10", percent=10, once=True)
    first = a_basket_with(jar)
    first.vouchers.add(voucher)
    [order] = at_once([(first, placement_of(first, "first"))])
    cancel_order(order)
    voucher.refresh_from_db()
    assert (voucher.num_orders, voucher.total_discount) == (0, 0)

    tabs = [a_basket_with(jar), a_basket_with(jar)]
    for basket in tabs:
        basket.vouchers.add(voucher)
    answers = at_once([(b, placement_of(b, f"tab-{n}")) for n, b in enumerate(tabs)])

    assert sum(isinstance(answer, Order) for answer in answers) == 1
    [refusal] = [answer for answer in answers if isinstance(answer, NotPlaced)]
    assert "giảm giá" in str(refusal)
    voucher.refresh_from_db()
    assert (voucher.num_orders, voucher.total_discount) == (1, 10_000)
    assert voucher.applications.count() == 1

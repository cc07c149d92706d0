"""What came of a page: orders and revenue, without what was cancelled, sent back or paid back."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shop.order.cancelling import cancel_order
from shop.order.fulfilment import hand_over, start_packing
from shop.order.models import Line as OrderLine
from shop.order.models import Order
from shop.payment.models import Payment, Refund, RefundLine
from shop.promotion.models import CampaignDay, PageDay
from shop.promotion.numbers import CAMPAIGN, CODE, PAGE, Kind, numbers_of, totals_of
from tests.cms.making import a_story
from tests.factories import a_gift_box, a_home, a_product, an_order
from tests.shop.promotion.making import a_campaign, a_live_code

pytestmark = pytest.mark.django_db
PAGE_KEY = 7


def an_order_from(page: int = PAGE_KEY, campaign: str = "", **facts: Any) -> Order:
    """One jar of 100.000 đồng, bought from a page."""
    order = an_order(facts.pop("goods", None) or a_product(price=100_000), **facts)
    OrderLine.objects.filter(order=order).update(from_page=page, from_campaign=campaign)
    return order


def given_back(order: Order, amount: int, *, lines: bool, state: str = Refund.State.DONE) -> None:
    payment = Payment.objects.get(order=order)
    refund = Refund.objects.create(
        payment=payment, key=f"k{order.pk}{amount}{lines}", amount=Decimal(amount), state=state
    )
    if lines:
        RefundLine.objects.create(
            refund=refund, line=order.lines.first(), quantity=1, amount=Decimal(amount)
        )


def total(kind: Kind = PAGE, key: Any = PAGE_KEY, period: int = 30) -> tuple[int, int]:
    sums = numbers_of(kind, key, period).total
    return sums.orders, int(sums.revenue)


def test_orders_count_with_their_goods_and_without_the_delivery() -> None:
    an_order_from()
    an_order_from(quantity=2)
    an_order_from(page=8)
    assert total() == (2, 300_000)


def test_a_cancelled_order_counts_for_nothing() -> None:
    order = an_order_from()
    cancel_order(order)
    assert total() == (0, 0)


def test_what_was_sent_back_counts_for_nothing() -> None:
    order = an_order_from()
    for parcel in order.parcels.all():
        hand_over(start_packing(parcel), "Bưu điện", "")
    order.lines.update(status="returned")
    assert total() == (0, 0)


def test_refunds_are_taken_off_also_while_they_are_on_their_way_but_not_when_they_failed() -> None:
    order = an_order_from(goods=a_product(price=100_000), quantity=3)
    given_back(order, 100_000, lines=True)
    given_back(order, 50_000, lines=True, state=Refund.State.ASKED)
    given_back(order, 70_000, lines=True, state=Refund.State.FAILED)
    assert total() == (1, 150_000)


def test_a_sum_given_back_is_borne_by_goods_and_delivery_alike() -> None:
    order = an_order_from()
    half = int(order.total_incl_tax) // 2
    given_back(order, half, lines=False)
    assert total() == (1, 50_000)


def test_a_discount_is_no_revenue() -> None:
    order = an_order_from()
    order.lines.update(line_price_incl_tax=Decimal(90_000))
    assert total() == (1, 90_000)


def test_a_gift_box_is_one_order_and_the_price_of_the_whole_box() -> None:
    box = a_gift_box(of={a_product(): 1, a_product("Trà"): 2}, price=389_000)
    an_order_from(goods=box)
    assert total() == (1, 389_000)


def test_a_campaign_and_a_code_have_numbers_of_their_own() -> None:
    code = a_live_code(campaign=a_campaign("Chợ Tết"))
    order = an_order_from(campaign="cho-tet")
    code.voucher.applications.create(order=order)
    assert total(CAMPAIGN, "cho-tet") == (1, 100_000)
    assert total(CODE, code.voucher_id) == (1, 100_000)


def test_days_are_those_of_the_shop_and_only_those_of_the_period() -> None:
    old, late = an_order_from(), an_order_from()
    today = timezone.localdate()
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    Order.objects.filter(pk=old.pk).update(date_placed=midnight - timedelta(days=7))
    # One minute after midnight in Vietnam is still yesterday in Greenwich.
    Order.objects.filter(pk=late.pk).update(date_placed=midnight + timedelta(minutes=1))
    numbers = numbers_of(PAGE, PAGE_KEY, 7)
    assert [day.day for day in numbers.days][-1] == today and len(numbers.days) == 7
    assert [day.orders for day in numbers.days] == [0, 0, 0, 0, 0, 0, 1]
    assert total(period=30) == (2, 200_000)


def test_views_and_baskets_stand_beside_the_sales() -> None:
    a_home()
    page, campaign = a_story(), a_campaign("Chợ Tết")
    today = timezone.localdate()
    PageDay.objects.create(page_id=page.pk, day=today, views=40, added=3)
    PageDay.objects.create(page_id=page.pk, day=today - timedelta(days=40), views=9)
    CampaignDay.objects.create(campaign=campaign, day=today, views=12, added=1)
    sums = numbers_of(PAGE, page.pk, 30).total
    assert (sums.views, sums.added) == (40, 3)
    assert numbers_of(CAMPAIGN, campaign.slug, 7).total.views == 12


def test_the_questions_do_not_grow_with_days_pages_or_orders() -> None:
    for page in (7, 8):
        order = an_order_from(page)
        given_back(order, 10_000, lines=True)
        given_back(order, 20_000, lines=False)
    with CaptureQueriesContext(connection) as few:
        totals_of(PAGE, [7], 7)
    for page in range(9, 14):
        given_back(an_order_from(page), 10_000, lines=True)
    with CaptureQueriesContext(connection) as many:
        found = totals_of(PAGE, list(range(7, 14)), 90)
    assert len(many) == len(few) <= 6
    assert found[8].orders == 1 and found[13].revenue == 90_000


def test_no_keys_ask_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert totals_of(PAGE, [], 30) == {}
    assert len(queries) == 0

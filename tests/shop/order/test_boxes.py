"""Orders of gift boxes: every thing in one is promised, sent, given back and paid for by itself."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import F, Sum
from django.utils import timezone

from shop.order.cancelling import cancel_order
from shop.order.fulfilment import hand_over, mark_delivered, start_packing
from shop.order.models import Order, OrderBox
from shop.order.page import page_of
from shop.order.placing import NotPlaced
from shop.partner.models import StockRecord
from shop.payment.books import what_is_wrong
from shop.payment.models import Payment
from shop.payment.receiving import mark_received
from shop.payment.refunding import LineToRefund, ask_refund, finish_refund
from shop.settlements.books import what_is_wrong as what_is_wrong_with_producers
from shop.settlements.models import Entry
from tests.factories import (
    a_bank_account,
    a_basket_with,
    a_design,
    a_gift_box,
    a_lot,
    a_producer,
    a_product,
    an_order,
)
from tests.shop.vouchers import a_voucher

pytestmark = pytest.mark.django_db


def promised(product) -> int:
    return StockRecord.objects.get(product=product).num_allocated or 0


def test_ordering_a_box_promises_everything_in_it() -> None:
    tea, cake = a_product("Trà", stock=10), a_product("Bánh", stock=10)
    box = a_gift_box(of={tea: 1, cake: 3}, price=300_000)
    order = an_order(box, 2)
    assert (promised(tea), promised(cake), promised(box)) == (2, 6, 2)
    sold = order.boxes.get()
    assert (sold.title, sold.quantity, sold.price) == (box.title, 2, 600_000)
    lines = order.lines.filter(box=sold)
    assert lines.aggregate(sum=Sum("line_price_incl_tax"))["sum"] == 600_000
    assert order.total_incl_tax == 600_000 + order.shipping_incl_tax


def test_a_box_and_its_things_by_themselves_come_off_one_shelf() -> None:
    tea = a_product("Trà", stock=3)
    box = a_gift_box(of={tea: 2})
    with pytest.raises(NotPlaced) as refused:
        an_order({box: 1, tea: 2})
    assert "Trà trong hộp chỉ còn 3, bạn đang đặt 4." in str(refused.value)
    assert not Order.objects.exists()
    assert promised(tea) == 0


def test_wrappings_that_nobody_counts_are_not_promised() -> None:
    tea = a_product(stock=5)
    box = a_gift_box(of={tea: 1}, stock=None)
    order = an_order(box)
    assert promised(tea) == 1
    cancel_order(order)
    assert promised(tea) == 0


def test_cancelling_gives_everything_back() -> None:
    tea, cake = a_product(stock=5), a_product(stock=5)
    box = a_gift_box(of={tea: 1, cake: 2})
    cancel_order(an_order(box, 2))
    assert [promised(each) for each in (tea, cake, box)] == [0, 0, 0]


def test_one_thing_of_a_box_is_refunded_by_itself() -> None:
    a_bank_account()
    tea, cake = a_product("Trà", price=100_000), a_product("Bánh", price=50_000)
    box = a_gift_box(of={tea: 1, cake: 2}, price=230_000)
    order = an_order(box, payment="vietqr")
    mark_received(order.payment, by=None)
    line = order.lines.get(product=cake)
    payment = Payment.objects.get(order=order)
    refund = ask_refund(payment, reason="Vỡ", lines=[LineToRefund(line, 1, restock=True)])
    assert refund.amount == 50_000
    finish_refund(refund)
    assert promised(cake) == 1
    assert promised(tea) == 1
    assert what_is_wrong() == []


def test_each_producer_is_owed_its_own_price_whatever_the_box_costs() -> None:
    north, south = a_producer("HTX Bắc"), a_producer("HTX Nam")
    tea = a_product("Trà", producer=north, price=100_000)
    cake = a_product("Bánh", producer=south, price=60_000)
    box = a_gift_box(of={tea: 1, cake: 2}, price=200_000)  # 20.000 less than its contents
    order = an_order(box)
    (parcel,) = order.parcels.all()
    mark_delivered(hand_over(start_packing(parcel), "Bưu điện"))
    owed = {
        producer: Entry.objects.filter(producer=producer, kind=Entry.Kind.SUPPLIED).aggregate(
            sum=Sum("amount")
        )["sum"]
        for producer in (north, south)
    }
    assert owed == {north: 100_000, south: 120_000}
    cash = Entry.objects.get(kind=Entry.Kind.CASH)
    assert cash.producer == box.producer
    assert what_is_wrong() == []
    assert what_is_wrong_with_producers() == []


def test_each_producer_gets_a_parcel_where_nobody_gathers() -> None:
    north, south = a_producer("HTX Bắc"), a_producer("HTX Nam")
    tea, cake = a_product(producer=north), a_product(producer=south)
    box = a_gift_box(of={tea: 1, cake: 1}, gift={"packing": "producers"})
    order = an_order(box)
    assert {parcel.producer for parcel in order.parcels.all()} == {north, south}
    assert not order.lines.filter(is_wrapping=True).exists()


def test_a_voucher_is_spread_over_the_things_in_a_box() -> None:
    tea, cake = a_product(price=100_000), a_product(price=33_333)
    box = a_gift_box(of={tea: 1, cake: 2}, price=199_999)
    basket = a_basket_with(box)
    basket.vouchers.add(a_voucher("CHAO10", percent=10))
    order = an_order(box, basket=basket)
    sums = order.lines.aggregate(
        paid=Sum("line_price_incl_tax"), full=Sum("line_price_before_discounts_incl_tax")
    )
    discount = order.discounts.aggregate(sum=Sum("amount"))["sum"]
    assert sums == {"paid": 199_999 - discount, "full": Decimal(199_999)}
    assert discount == 20_000
    assert order.total_incl_tax == 199_999 - discount + order.shipping_incl_tax


def test_a_box_is_packed_from_lots_that_keep_long_enough() -> None:
    today = timezone.localdate()
    cake = a_product(shelf_life_days=365)
    soon = a_lot(cake, best_before=today + timedelta(days=12))
    later = a_lot(cake, best_before=today + timedelta(days=90))
    box = a_gift_box(of={cake: 1}, gift={"min_days_left": 30})
    boxed = an_order(box)
    plain = an_order(cake)
    for order in (boxed, plain):
        start_packing(order.parcels.get())
    assert boxed.lines.get(product=cake).lot == later
    assert plain.lines.get().lot == soon


def test_the_orders_page_shows_the_box_and_what_is_in_it(django_assert_max_num_queries) -> None:
    goods = [a_product(f"Món {n}") for n in range(3)]
    order = an_order({a_gift_box(of=dict.fromkeys(goods, 1)): 1, goods[0]: 2})
    page = page_of(Order.objects.get(pk=order.pk))
    boxes = [held for view in page.parcels for held in view.boxes]
    assert [len(held.parts) for held in boxes] == [3]
    assert boxes[0].amount == 389_000
    assert page.goods_total == 389_000 + 2 * 45_000


def test_a_box_that_a_buyer_filled_is_ordered_as_it_was_filled() -> None:
    tea, cake = a_product("Trà", price=100_000), a_product("Bánh", price=50_000)
    gift = {"pricing": "sum", "slots": 3}
    box = a_gift_box("Hộp ba ngăn", of={}, gift=gift, choices=[tea, cake])
    design = a_design(box, {tea: 1, cake: 2})
    basket = a_basket_with({})
    basket.add_design(design, 2)
    order = an_order({}, basket=basket)
    assert (promised(tea), promised(cake)) == (2, 4)
    sold = OrderBox.objects.get(order=order)
    assert (sold.design, sold.price) == (design, 400_000)


def test_allocation_never_exceeds_the_stock() -> None:
    tea = a_product(stock=4)
    box = a_gift_box(of={tea: 2})
    an_order(box, 2)
    with pytest.raises(NotPlaced):
        an_order(tea)
    assert not StockRecord.objects.filter(num_allocated__gt=F("num_in_stock")).exists()


def test_what_a_quote_takes_off_a_thing_is_not_taken_from_its_producer() -> None:
    tea = a_product(price=100_000)
    basket = a_basket_with(tea, 2)
    basket.lines.update(agreed_price=60_000)
    basket._lines = None
    order = an_order({}, basket=basket)
    line = order.lines.get()
    assert (line.line_price_incl_tax, line.supplied) == (120_000, 200_000)

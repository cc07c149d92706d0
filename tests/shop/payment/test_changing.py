"""A buyer whose card does not work pays another way; the order, its goods and number stay."""

import pytest
from django.test import Client
from django.urls import reverse

from shop.order.cancelling import cancel_order
from shop.order.models import Order
from shop.partner.models import StockRecord
from shop.payment.books import what_is_wrong
from shop.payment.changing import CannotChange, change_method, other_ways
from shop.payment.models import MoneyReceived, Payment
from shop.payment.receiving import receive
from tests.factories import a_product, a_spirit, an_order, delivery_rules
from tests.shop.buying import basket_of
from tests.shop.payment.paying import Prepaid, a_prepaid_order, a_sum

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("prepaid")]


def test_waiting_order_becomes_cash_on_delivery() -> None:
    order = a_prepaid_order(quantity=2)
    assert [method.code for method in other_ways(order)] == ["cod"]
    change_method(order, "cod")
    order = Order.objects.get()
    assert (order.status, order.payment_method) == ("placed", "cod")
    assert (order.payment.state, order.payment.held_until) == (Payment.State.DUE, None)
    assert StockRecord.objects.get().num_allocated == 2
    assert what_is_wrong() == []


def test_producers_hear_of_the_order_once_it_is_work() -> None:
    goods = a_product(stock=5)
    from tests.factories import a_user

    goods.producer.users.add(a_user("htx@example.com"), through_defaults={"role": "owner"})
    order = a_prepaid_order(goods=goods)
    assert not order.letters.filter(event_code="PARCEL_ORDERED").exists()
    change_method(order, "cod")
    assert order.letters.filter(event_code="PARCEL_ORDERED").count() == 1


def test_promise_of_the_first_way_is_void_in_the_ledger() -> None:
    order = a_prepaid_order()
    change_method(order, "cod")
    first, second = order.sources.order_by("pk")
    assert (first.amount_allocated, second.amount_allocated) == (0, order.total_incl_tax)


def test_alcohol_never_becomes_cash() -> None:
    order = an_order(a_spirit(), payment="prepaid", is_adult=True)
    assert other_ways(order) == []
    with pytest.raises(CannotChange):
        change_method(order, "cod")


def test_way_with_a_fee_is_not_offered_after_the_total_was_agreed() -> None:
    order = a_prepaid_order()
    delivery_rules(cod_fee=10_000)
    assert other_ways(order) == []


def test_paid_order_keeps_its_way() -> None:
    order = a_prepaid_order()
    receive(a_sum(order))
    with pytest.raises(CannotChange):
        change_method(Order.objects.get(), "cod")


def test_money_that_came_at_the_last_moment_wins() -> None:
    order = a_prepaid_order()
    incoming = a_sum(order)
    Prepaid.on_release = lambda _payment: receive(incoming)
    with pytest.raises(CannotChange, match="không còn chờ tiền"):
        change_method(order, "cod")
    assert Order.objects.get().payment_method == "prepaid"


def test_way_that_cannot_be_ended_now_is_not_left() -> None:
    order = a_prepaid_order()

    def silent(_payment: Payment) -> None:
        raise TimeoutError

    Prepaid.on_release = silent
    with pytest.raises(CannotChange, match="thử lại"):
        change_method(order, "cod")


def test_late_transfer_for_an_order_that_is_now_cash_waits() -> None:
    order = a_prepaid_order()
    incoming = a_sum(order, methods=("prepaid",))
    change_method(order, "cod")
    assert receive(incoming).reason == MoneyReceived.Reason.METHOD


def test_buyer_changes_by_the_secret_link_only(client: Client) -> None:
    order = a_prepaid_order()
    address = reverse("order:pay-by", args=[order.number])
    assert client.post(address, {"method": "cod"}).status_code == 404
    client.get(order.get_absolute_url())
    answer = client.post(address, {"method": "cod"})
    assert answer.url == reverse("order:thanks", args=[order.number])
    assert Order.objects.get().payment_method == "cod"


def test_cancelled_order_fills_the_basket_again(client: Client) -> None:
    there, gone = a_product("Khoai lang", stock=5), a_product("Nem chua", stock=2)
    order = an_order({there: 2, gone: 2})
    StockRecord.objects.filter(product=gone).update(num_in_stock=2)
    cancel_order(order)
    StockRecord.objects.filter(product=gone).update(num_in_stock=1, num_allocated=0)
    address = reverse("order:again", args=[order.number])
    assert client.post(address).status_code == 404
    client.get(order.get_absolute_url())
    page = client.post(address, follow=True).content.decode()
    assert "Nem chua” chưa cho lại vào giỏ được" in page
    lines = {line.product: line.quantity for line in basket_of(client).all_lines()}
    assert lines == {there: 2}
    client.post(address)
    assert [line.quantity for line in basket_of(client).all_lines()] == [2]

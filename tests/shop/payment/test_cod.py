"""Cash on delivery: who may pay so, who is called first, and parcels that nobody took."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from shop.order.fulfilment import hand_over, mark_delivered
from shop.order.models import Order
from shop.order.refusing import refuse_delivery
from shop.order.steps import StepNotPossible
from shop.partner.models import StockRecord
from shop.payment.methods.base import PaymentContext
from shop.payment.methods.cod.confirming import (
    NotWaiting,
    confirm_order,
    decline_order,
    orders_to_confirm,
)
from shop.payment.methods.cod.method import CashOnDelivery
from shop.payment.models import Payment
from shop.staff import ensure_staff_group
from tests.factories import (
    a_producer,
    a_product,
    a_staff_member,
    a_user,
    an_order,
    delivery_rules,
    zone_rates,
)
from tests.shop.buying import a_guest_with, buy, look, only_order

pytestmark = pytest.mark.django_db
PHONE = "+84912345678"
method = CashOnDelivery()


def refusal(total: int, phone: str = PHONE) -> str | None:
    return method.refusal(PaymentContext(total=total, phone=phone))


def delivered(order: Order) -> Order:
    for parcel in order.parcels.all():
        mark_delivered(hand_over(parcel, "VNPost"))
    order.refresh_from_db()
    return order


def refused(order: Order, **restock: Any) -> Order:
    for parcel in order.parcels.all():
        refuse_delivery(hand_over(parcel, "VNPost"), **restock)
    order.refresh_from_db()
    return order


# --- Limits -------------------------------------------------------------------------------------


def test_new_number_pays_less_in_cash_than_a_known_one(settings) -> None:
    settings.COD_NEW_PHONE_LIMIT, settings.COD_LIMIT = 300_000, 900_000
    assert "300.000" in (refusal(300_001) or "")
    assert refusal(300_000) is None
    delivered(an_order(a_product()))
    assert refusal(300_001) is None
    assert "900.000" in (refusal(900_001) or "")


def test_order_on_its_way_does_not_make_a_number_known(settings) -> None:
    settings.COD_NEW_PHONE_LIMIT = 300_000
    hand_over(an_order(a_product()).parcels.get(), "VNPost")
    assert refusal(300_001)


def test_number_that_is_not_typed_yet_is_not_judged(settings) -> None:
    settings.COD_NEW_PHONE_LIMIT = 0
    assert refusal(1_000, phone="") is None


def test_number_that_refused_twice_pays_beforehand(settings) -> None:
    settings.COD_MOST_REFUSED = 2
    jar = a_product(stock=10)
    refused(an_order(jar))
    assert refusal(100_000) is None
    refused(an_order(jar))
    assert "Số điện thoại này" in (refusal(100_000) or "")
    assert refusal(100_000, "+84987654321") is None


def test_two_refused_parcels_of_one_order_count_once(settings) -> None:
    settings.COD_MOST_REFUSED = 2
    refused(an_order({a_product(): 1, a_product("Trà"): 1}))
    assert refusal(100_000) is None


def test_new_number_is_refused_at_the_till_beside_the_choice(settings) -> None:
    settings.COD_NEW_PHONE_LIMIT = 50_000
    zone_rates(first_price=32_000)
    page = look(a_guest_with(a_product(price=45_000)))
    assert "50.000" in page.content.decode()
    assert not page.context["page"].quote.payment_choices[0].is_open
    assert buy(a_guest_with(a_product(price=45_000))).status_code == 409
    assert Order.objects.count() == 0


def test_fee_of_cash_is_shown_and_is_a_line_of_the_order() -> None:
    delivery_rules(cod_fee=15_000)
    zone_rates(first_price=32_000)
    guest = a_guest_with(a_product(price=45_000))
    assert "15.000" in look(guest).content.decode()
    buy(guest)
    order = only_order()
    assert order.surcharges.get().incl_tax == 15_000
    assert order.total_incl_tax == 92_000


# --- Confirming ---------------------------------------------------------------------------------


@pytest.fixture
def waiting(settings) -> Order:
    settings.COD_CONFIRM_FROM = 0
    worker = a_user("xuong@example.com")
    return an_order(a_product(producer=a_producer(members=[worker]), stock=5), 2)


def test_small_order_needs_no_call(settings) -> None:
    settings.COD_CONFIRM_FROM = 1_000_000
    assert an_order(a_product(price=45_000)).status == "placed"
    assert not orders_to_confirm().exists()


def test_large_order_waits_and_cannot_be_packed(waiting) -> None:
    assert waiting.status == "to-confirm"
    assert list(orders_to_confirm()) == [waiting]
    assert StockRecord.objects.get().num_allocated == 2
    assert not [letter for letter in mail.outbox if letter.to == ["xuong@example.com"]]
    with pytest.raises(StepNotPossible, match="gọi xác nhận"):
        hand_over(waiting.parcels.get(), "VNPost")


def test_confirmed_order_reaches_its_producer_once(
    waiting, django_capture_on_commit_callbacks
) -> None:
    staff = a_staff_member()
    with django_capture_on_commit_callbacks(execute=True):
        confirm_order(waiting, by=staff)
        confirm_order(waiting, by=staff)
    waiting.refresh_from_db()
    assert waiting.status == "placed"
    assert [letter.to for letter in mail.outbox if "xuong@example.com" in letter.to] == [
        ["xuong@example.com"]
    ]
    assert waiting.payment.events.get(by=staff).words == "Đã gọi xác nhận với người mua."
    assert waiting.payment.state == Payment.State.DUE


def test_declined_order_gives_everything_back(waiting) -> None:
    staff = a_staff_member()
    decline_order(waiting, by=staff)
    decline_order(waiting, by=staff)
    waiting.refresh_from_db()
    assert waiting.status == "cancelled"
    assert StockRecord.objects.get().num_allocated == 0
    with pytest.raises(NotWaiting):
        confirm_order(waiting, by=staff)


def test_confirmed_order_is_not_declined_by_the_other_tab(waiting) -> None:
    staff = a_staff_member()
    confirm_order(waiting, by=staff)
    with pytest.raises(NotWaiting, match="đã được xác nhận"):
        decline_order(waiting, by=staff)


def test_buyer_reads_that_a_call_will_come(waiting, client) -> None:
    page = client.get(waiting.get_absolute_url(), follow=True).content.decode()
    assert "gọi cho bạn xác nhận" in page
    assert "Chờ xác nhận" in page


def one_of_the_shop() -> Any:
    staff = a_staff_member()
    staff.groups.add(ensure_staff_group())
    return staff


def test_staff_confirm_by_one_click(waiting, client) -> None:
    client.force_login(one_of_the_shop())
    page = client.get(reverse("cod:waiting")).content.decode()
    assert waiting.number in page
    assert "tel:+84912345678" in page
    client.post(reverse("cod:confirm", args=[waiting.number]))
    waiting.refresh_from_db()
    assert waiting.status == "placed"
    answer = client.post(reverse("cod:decline", args=[waiting.number]), follow=True)
    assert "đã được xác nhận" in answer.content.decode()
    waiting.refresh_from_db()
    assert waiting.status == "placed"


def test_staff_cancel_by_one_click(waiting, client) -> None:
    client.force_login(one_of_the_shop())
    client.post(reverse("cod:decline", args=[waiting.number]), {"reason": "Không nghe máy"})
    waiting.refresh_from_db()
    assert waiting.status == "cancelled"


@pytest.mark.parametrize("who", ["nobody", "buyer", "staff without the right"])
def test_others_neither_see_nor_confirm(waiting, client, who) -> None:
    if who != "nobody":
        client.force_login(a_user() if who == "buyer" else a_staff_member())
    expected = 302 if who == "nobody" else 403
    assert client.get(reverse("cod:waiting")).status_code == expected
    for name in ("cod:confirm", "cod:decline"):
        assert client.post(reverse(name, args=[waiting.number])).status_code == expected
    waiting.refresh_from_db()
    assert waiting.status == "to-confirm"


# --- Refused at the door ------------------------------------------------------------------------


def test_refused_parcel_brings_back_what_is_sound_and_no_money() -> None:
    order = an_order(a_product(stock=10), 3)
    line = order.lines.get()
    staff = a_staff_member()
    parcel = hand_over(order.parcels.get(), "VNPost")
    assert StockRecord.objects.get().num_in_stock == 7
    for _twice in range(2):
        refuse_delivery(parcel, by=staff, restock={line.pk: 2})
    stock = StockRecord.objects.get()
    assert (stock.num_in_stock, stock.num_allocated) == (9, 0)
    order.refresh_from_db()
    payment = Payment.objects.get()
    assert (order.status, order.paid_at) == ("returned", None)
    assert (payment.state, payment.received) == (Payment.State.RELEASED, 0)
    assert "nhập lại kho 2" in payment.events.get(by=staff).words


def test_order_is_done_when_one_parcel_came_back_and_the_other_was_paid() -> None:
    order = an_order({a_product("Mật"): 1, a_product("Trà"): 1})
    first, second = (hand_over(parcel, "VNPost") for parcel in order.parcels.all())
    refuse_delivery(first)
    order.refresh_from_db()
    assert order.status == "shipped"
    mark_delivered(second)
    order.refresh_from_db()
    assert order.status == "completed"
    payment = Payment.objects.get()
    assert payment.state == Payment.State.PAID
    assert 0 < payment.received < order.total_incl_tax


def test_parcel_that_never_left_is_not_refused() -> None:
    order = an_order(a_product(stock=10), 3)
    with pytest.raises(StepNotPossible):
        refuse_delivery(order.parcels.get(), restock={order.lines.get().pk: 3})
    assert StockRecord.objects.get().num_in_stock == 10


def test_delivered_parcel_is_not_refused_any_more() -> None:
    order = delivered(an_order(a_product(stock=10), 3))
    with pytest.raises(StepNotPossible):
        refuse_delivery(order.parcels.get(), restock={order.lines.get().pk: 3})
    assert StockRecord.objects.get().num_in_stock == 7


@pytest.mark.parametrize("quantity", [4, -1])
def test_no_more_comes_back_than_was_sent(quantity) -> None:
    order = an_order(a_product(stock=10), 3)
    parcel = hand_over(order.parcels.get(), "VNPost")
    with pytest.raises(ValueError, match="come back"):
        refuse_delivery(parcel, restock={order.lines.get().pk: quantity})
    assert StockRecord.objects.get().num_in_stock == 7
    parcel.refresh_from_db()
    assert parcel.status == "shipped"


def test_line_of_another_parcel_is_not_put_back() -> None:
    order = an_order({a_product("Mật"): 1, a_product("Trà"): 1})
    first, second = (hand_over(parcel, "VNPost") for parcel in order.parcels.all())
    with pytest.raises(ValueError, match="not of parcel"):
        refuse_delivery(first, restock={second.lines.get().pk: 1})

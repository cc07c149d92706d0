"""The order's page: for the holder of its link and for its buyer, for nobody else."""

import pytest
from django.test import Client
from django.urls import reverse
from oscar.apps.order.exceptions import InvalidOrderStatus

from shop.order.fulfilment import hand_over, mark_delivered, start_packing
from shop.order.models import Order
from shop.order.numbers import ALPHABET, random_number
from shop.order.processing import EventHandler
from tests.factories import (
    a_basket_with,
    a_buyer,
    a_certificate,
    a_producer,
    a_product,
    an_order,
    zone_rates,
)
from tests.shop.buying import a_guest_with, buy, only_order

pytestmark = pytest.mark.django_db


def page(order: Order, name: str = "detail") -> str:
    return reverse(f"order:{name}", kwargs={"number": order.number})


@pytest.fixture
def order() -> Order:
    zone_rates()
    product = a_product("Trà hoa vàng", price=45_000)
    a_certificate(product, stars=4)
    buy(a_guest_with(product, 2))
    return only_order()


def test_secret_link_opens_it_and_leaves_the_address_bar(order: Order) -> None:
    stranger = Client()
    response = stranger.get(order.get_absolute_url())
    assert response.url == page(order)
    assert response["Referrer-Policy"] == "no-referrer"
    response = stranger.get(response.url)
    body = response.content.decode()
    for words in (order.number, "Trà hoa vàng", "OCOP 4 sao", "12 ngõ 68 Cầu Giấy", "0912 345 678"):
        assert words in body
    # Its own forms need an origin; another site is told nothing.
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["detail", "thanks"])
@pytest.mark.parametrize("key", ["", "?k=", "?k=sai", "?k=%00%ff", "?k=" + "a" * 24])
def test_without_the_secret_a_real_number_looks_like_a_false_one(
    order: Order, name: str, key: str
) -> None:
    invented = random_number()
    real = Client().get(page(order, name) + key)
    false = Client().get(page(order, name).replace(order.number, invented) + key)
    assert real.status_code == false.status_code == 404
    # Each page repeats its own address, nothing else differs.
    own, other = real.content.decode(), false.content.decode()
    assert own.replace(order.number, "") == other.replace(invented, "")


def test_another_member_does_not_see_it(order: Order) -> None:
    client = Client()
    client.force_login(a_buyer())
    assert client.get(page(order)).status_code == 404


def test_cancel_needs_the_secret_too(order: Order) -> None:
    assert Client().post(page(order, "cancel")).status_code == 404
    order.refresh_from_db()
    assert order.status == "placed"


def test_buyer_cancels_while_nothing_is_packed(order: Order) -> None:
    guest = Client()
    guest.get(order.get_absolute_url())
    assert "Hủy đơn" in guest.get(page(order)).content.decode()
    guest.post(page(order, "cancel"))
    guest.post(page(order, "cancel"))
    order.refresh_from_db()
    stock = order.lines.get().stockrecord
    assert order.status == "cancelled"
    assert stock.num_allocated == 0
    assert order.parcels.get().status == "cancelled"
    body = guest.get(page(order)).content.decode()
    assert "Đã hủy" in body
    assert "Hủy đơn" not in body


def test_packed_order_cannot_be_cancelled_by_the_buyer(order: Order) -> None:
    start_packing(order.parcels.get())
    guest = Client()
    guest.get(order.get_absolute_url())
    response = guest.post(page(order, "cancel"), follow=True)
    order.refresh_from_db()
    assert order.status == "packing"
    assert "Đơn đang được đóng gói" in response.content.decode()


def test_staff_cancelling_in_the_dashboard_releases_the_stock(order: Order) -> None:
    start_packing(order.parcels.get())
    order.refresh_from_db()
    EventHandler().handle_order_status_change(order, "cancelled", note_msg="Khách gọi hủy")
    order.refresh_from_db()
    assert order.status == "cancelled"
    assert order.lines.get().stockrecord.num_allocated == 0
    assert order.notes.get().message == "Khách gọi hủy"


def test_sent_parcel_is_not_cancelled_even_by_staff(order: Order) -> None:
    hand_over(order.parcels.get(), "Viettel Post")
    order.refresh_from_db()
    with pytest.raises(InvalidOrderStatus):
        EventHandler().handle_order_status_change(order, "cancelled")


def test_steps_follow_the_parcel(order: Order) -> None:
    guest = Client()
    guest.get(order.get_absolute_url())
    parcel = start_packing(order.parcels.get())
    parcel = hand_over(parcel, "Viettel Post", "VN123456789")
    body = guest.get(page(order)).content.decode()
    assert "VN123456789" in body
    mark_delivered(parcel)
    steps = guest.get(page(order)).context["page"].parcels[0].steps
    assert [step.state for step in steps] == ["done"] * 4
    assert order.lines.get().stockrecord.num_in_stock == 8


def test_number_is_unguessable_and_readable() -> None:
    numbers = {random_number() for _ in range(500)}
    assert len(numbers) == 500
    assert all(set(number[2:]) <= set(ALPHABET) and len(number) == 10 for number in numbers)
    assert not set("0O1I") & set(ALPHABET)


def test_number_that_is_taken_is_drawn_again(order: Order, monkeypatch) -> None:
    drawn = iter([order.number, "PCABCDEFGH"])
    monkeypatch.setattr("shop.order.placing.random_number", lambda: next(drawn))
    assert an_order(a_product()).number == "PCABCDEFGH"


def test_queries_do_not_grow_with_the_lines(django_assert_max_num_queries) -> None:
    zone_rates()
    counts = []
    for size in (1, 8):
        goods = {a_product(f"Món {n}", producer=a_producer()): 1 for n in range(size)}
        guest = a_guest_with(goods)
        url = buy(guest).url
        guest.get(url)
        with django_assert_max_num_queries(25) as captured:
            assert guest.get(url).status_code == 200
        counts.append(len(captured.captured_queries))
    assert counts[0] == counts[1]


def test_order_of_a_member_opens_when_signed_in() -> None:
    zone_rates()
    member = a_buyer()
    a_basket_with(a_product(), owner=member)
    client = Client()
    client.force_login(member)
    buy(client)
    fresh = Client()
    fresh.force_login(member)
    assert fresh.get(page(only_order())).status_code == 200

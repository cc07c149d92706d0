"""A parcel's letters: sent and delivered, each once, in the buyer's language."""

from datetime import date

import pytest

from shop.carriers.registry import tracking_url
from shop.communication.letters import Letter
from shop.order import letters
from shop.order.fulfilment import hand_over, mark_delivered, start_packing
from shop.order.models import Order
from shop.templatetags.delivery_tags import promised
from tests.factories import a_producer, a_product, an_order

pytestmark = pytest.mark.django_db


def written(code: str) -> list[Letter]:
    return list(Letter.objects.filter(event_code=code))


def test_a_parcel_is_told_of_once_when_it_leaves_and_once_when_it_arrives() -> None:
    order = an_order(a_product("Trà hoa vàng"), 2, email="hoa@example.com")
    parcel = order.parcels.get()
    for _time in range(2):
        hand_over(parcel, "Bưu điện", "EB123456789VN")
    [sent] = written("PARCEL_SENT")
    assert written("PARCEL_DELIVERED") == []
    for part in (sent.text, sent.html):
        for words in ("Trà hoa vàng", "× 2", "Bưu điện", "EB123456789VN", order.access_key):
            assert words in part
    for _time in range(2):
        mark_delivered(parcel)
    [delivered] = written("PARCEL_DELIVERED")
    assert "Trà hoa vàng" in delivered.text
    assert (sent.to, delivered.to) == ("hoa@example.com", "hoa@example.com")


def test_who_left_no_email_gets_no_letter() -> None:
    hand_over(an_order(a_product()).parcels.get(), "Bưu điện")
    assert written("PARCEL_SENT") == []


def test_each_producers_parcel_says_what_is_in_it_and_that_others_follow() -> None:
    from tests.factories import a_basket_with

    tea = a_product("Trà hoa vàng", producer=a_producer("HTX Trà"))
    cake = a_product("Bánh mật", producer=a_producer("Tổ bánh"))
    basket = a_basket_with({tea: 1, cake: 1})
    order = an_order(tea, basket=basket, email="hoa@example.com")
    first = order.parcels.get(producer=tea.producer)
    hand_over(start_packing(first), "Bưu điện")
    [letter] = written("PARCEL_SENT")
    assert "Trà hoa vàng" in letter.text
    assert "Bánh mật" not in letter.text + letter.html
    assert "còn kiện khác" in letter.text


def test_the_letter_is_in_the_orders_language() -> None:
    tea = a_product("Trà hoa vàng", title_en="Golden tea", english_ready=True)
    order = an_order(tea, email="hoa@example.com")
    Order.objects.filter(pk=order.pk).update(language="en")
    hand_over(order.parcels.get(), "Post")
    assert f"/en/don-hang/{order.number}/" in written("PARCEL_SENT")[0].text


def test_an_order_of_many_parcels_writes_no_letter_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(letters, "MOST_PARCELS_WITH_LETTERS", 0)
    hand_over(an_order(a_product(), email="hoa@example.com").parcels.get(), "Bưu điện")
    assert written("PARCEL_SENT") == []


def test_the_letter_leads_to_the_carriers_own_page_and_says_the_promised_days() -> None:
    order = an_order(a_product(), email="hoa@example.com")
    days = {"promised_from": date(2026, 12, 3), "promised_to": date(2026, 12, 5)}
    order.parcels.update(**days)
    hand_over(order.parcels.get(), "GHN", "GHN123")
    [letter] = written("PARCEL_SENT")
    address = tracking_url("GHN", "GHN123")
    assert address.startswith("https://")
    for part in (letter.text, letter.html):
        assert address in part
        assert "03/12–05/12/2026" in part


def test_the_letter_of_an_order_says_how_to_pay_and_when_it_comes() -> None:
    order = an_order(a_product(), email="hoa@example.com")
    [placed] = written("ORDER_PLACED")
    days = promised(order.parcels.get())
    assert days
    for part in (placed.text, placed.html):
        assert "Trả tiền mặt" in part
        assert f"Dự kiến giao {days}" in part

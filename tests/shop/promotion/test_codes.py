"""A promo code at the till: what it takes off, how often, and never from strong drink."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shop.basket.vouchers import add_voucher
from shop.order.cancelling import cancel_order
from shop.promotion.deciding import NotPossible, approve, refuse, stop
from shop.promotion.models import PromoCode
from tests.factories import (
    a_buyer,
    a_gift_box,
    a_producer,
    a_product,
    a_spirit,
    a_user,
    zone_rates,
)
from tests.shop.buying import a_guest_with, basket_of, buy, only_order
from tests.shop.promotion.making import a_code, a_live_code
from tests.shop.vouchers import Voucher, a_voucher

pytestmark = pytest.mark.django_db


def enter(client: Client, code: str):
    return client.post(reverse("basket:vouchers-add"), {"code": code})


def discount_of(client: Client) -> int:
    quote = client.get(reverse("basket:summary")).context["page"].quote
    return sum(int(each.amount) for each in quote.discounts)


def test_a_proposed_code_is_no_voucher_yet() -> None:
    a_code("TETQUE")
    guest = a_guest_with(a_product())
    assert "Không có mã" in enter(guest, "TETQUE").content.decode()


def test_an_approved_code_takes_its_percent_off() -> None:
    zone_rates()
    code = a_live_code("TETQUE", percent=10)
    guest = a_guest_with(a_product(price=45_555))
    assert enter(guest, "tetque").status_code == 302
    buy(guest)
    assert only_order().discounts.get().amount == 4_556
    assert code.voucher.applications.count() == 1


def test_a_percentage_is_capped_for_the_whole_order_to_the_dong() -> None:
    a_live_code("TETQUE", percent=10, most_off=10_000)
    guest = a_guest_with({a_product(price=45_555): 1, a_product(price=33_333): 3})
    enter(guest, "TETQUE")
    assert discount_of(guest) == 10_000


def test_an_amount_is_never_more_than_the_goods_cost() -> None:
    a_live_code("TET50", amount=50_000)
    small, large = a_guest_with(a_product(price=30_000)), a_guest_with(a_product(price=90_000))
    for guest, expected in ((small, 30_000), (large, 50_000)):
        enter(guest, "TET50")
        assert discount_of(guest) == expected


def test_the_least_basket_is_said_and_strong_drink_does_not_help_to_reach_it() -> None:
    a_live_code("TETQUE", least_basket=200_000)
    tea = a_product(price=100_000)
    poor = a_guest_with({tea: 1, a_spirit(price=900_000): 1})
    response = enter(poor, "TETQUE")
    assert response.status_code == 422
    assert "từ 200.000" in response.content.decode()
    assert enter(a_guest_with({tea: 2}), "TETQUE").status_code == 302


@pytest.mark.parametrize("gives", [{"percent": 50}, {"amount": 400_000}])
def test_strong_drink_keeps_its_price_beside_other_goods(gives: dict[str, int]) -> None:
    a_live_code("TETQUE", **gives)
    maker = a_producer()
    tea = a_product(price=100_000, producer=maker)
    guest = a_guest_with({a_spirit(price=300_000, producer=maker): 1, tea: 1})
    enter(guest, "TETQUE")
    quote = guest.get(reverse("basket:summary")).context["page"].quote
    by_title = {line.product.title: line.line_price_incl_tax_incl_discounts for line in quote.lines}
    assert by_title["Rượu đông trùng hạ thảo"] == 300_000
    assert by_title[tea.title] == (50_000 if "percent" in gives else 0)


def test_strong_drink_alone_takes_no_code() -> None:
    a_live_code("TETQUE")
    response = enter(a_guest_with(a_spirit()), "TETQUE")
    assert "không dùng cho rượu từ 15 độ" in response.content.decode()


def test_strong_drink_that_somebody_made_discountable_by_hand_is_left_out_all_the_same() -> None:
    a_live_code("TETQUE", percent=20)
    spirit = a_spirit(price=300_000)
    type(spirit).objects.filter(pk=spirit.pk).update(is_discountable=True)
    guest = a_guest_with({spirit: 1, a_product(price=100_000): 1})
    enter(guest, "TETQUE")
    assert discount_of(guest) == 20_000


def test_a_code_takes_nothing_off_the_delivery() -> None:
    zone_rates(first_price=30_000)
    a_live_code("TETQUE", percent=50)
    guest = a_guest_with({a_product(price=100_000): 1})
    enter(guest, "TETQUE")
    buy(guest)
    order = only_order()
    assert order.shipping_incl_tax == 30_000
    assert order.total_incl_tax == 50_000 + 30_000


def test_a_gift_box_takes_a_code() -> None:
    a_live_code("TETQUE", percent=10)
    guest = a_guest_with(a_gift_box(of={a_product(): 1}, price=389_000))
    enter(guest, "TETQUE")
    assert discount_of(guest) == 38_900


def test_the_last_use_is_the_last_and_a_cancelled_order_gives_it_back() -> None:
    zone_rates()
    a_live_code("MOTLUOT", most_uses=1)
    first = a_guest_with(a_product())
    enter(first, "MOTLUOT")
    buy(first)
    response = enter(a_guest_with(a_product()), "MOTLUOT")
    assert "đã hết lượt dùng" in response.content.decode()
    cancel_order(only_order())
    assert enter(a_guest_with(a_product()), "MOTLUOT").status_code == 302


def test_once_a_customer_asks_a_guest_to_sign_in() -> None:
    zone_rates()
    a_live_code("MOTLAN", once_per_customer=True)
    guest = a_guest_with(a_product())
    assert "cần đăng nhập" in enter(guest, "MOTLAN").content.decode()
    member = a_buyer()
    for expected in (302, 422):
        client = a_guest_with(a_product())
        client.force_login(member)
        client.get(reverse("basket:summary"))
        assert enter(client, "MOTLAN").status_code == expected
        if expected == 302:
            buy(client)


def test_a_guest_who_kept_a_members_code_in_the_basket_buys_without_it() -> None:
    zone_rates()
    code = a_live_code("MOTLAN", once_per_customer=True)
    guest = a_guest_with(a_product(price=100_000))
    basket_of(guest).vouchers.add(code.voucher)
    buy(guest)
    assert only_order().lines.get().line_price_incl_tax == 100_000
    assert not code.voucher.applications.exists()


def test_it_begins_and_ends_by_the_days_of_the_shop() -> None:
    today = timezone.localdate()
    code = a_live_code("HOMNAY", starts_on=today, ends_on=today)
    start, end = (
        timezone.localtime(moment)
        for moment in (code.voucher.start_datetime, code.voucher.end_datetime)
    )
    assert (start.date(), start.hour, end.date(), end.hour) == (today, 0, today, 23)
    later = a_live_code("NGAYMAI", starts_on=today + timedelta(days=1))
    with pytest.raises(ValidationError, match="dùng được từ ngày"):
        add_voucher(basket_of(a_guest_with(a_product())), later.code, AnonymousUser())


# --- Deciding -----------------------------------------------------------------------------------


def test_approving_twice_makes_one_voucher() -> None:
    code = a_code("TETQUE")
    who = a_user()
    first, second = approve(code, by=who), approve(code, by=who)
    assert first.voucher_id == second.voucher_id
    assert Voucher.objects.count() == 1


def test_a_code_of_the_shops_own_is_not_taken_over() -> None:
    a_voucher("TETQUE")
    with pytest.raises(NotPossible, match="đã có một mã"):
        approve(a_code("TETQUE"), by=a_user())


def test_a_refused_code_keeps_its_reason_and_is_not_approved_later() -> None:
    code = refuse(a_code("TETQUE"), "Giảm nhiều quá", by=a_user())
    assert (code.state, code.reason) == (PromoCode.State.REFUSED, "Giảm nhiều quá")
    with pytest.raises(NotPossible):
        approve(code, by=a_user())
    with pytest.raises(NotPossible):
        refuse(a_live_code(), "thôi", by=a_user())


def test_a_code_whose_days_are_over_is_not_approved() -> None:
    past = timezone.localdate() - timedelta(days=2)
    with pytest.raises(NotPossible, match="qua ngày cuối"):
        approve(a_code(starts_on=past, ends_on=past), by=a_user())


def test_a_stopped_code_takes_nothing_off_from_then_on() -> None:
    code = a_live_code("TETQUE")
    guest = a_guest_with(a_product())
    enter(guest, "TETQUE")
    stop(code)
    stop(code)
    assert discount_of(guest) == 0
    assert "đã hết hạn" in enter(a_guest_with(a_product()), "TETQUE").content.decode()
    code.voucher.refresh_from_db()
    assert code.is_over


def test_no_code_goes_past_half_the_price() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        a_code(percent=51)


def test_its_terms_are_said_in_words() -> None:
    code = a_code(percent=10, most_off=50_000, least_basket=300_000, most_uses=100)
    words = code.terms.replace("\u00a0", " ")
    assert words == ("giảm 10 %, nhiều nhất 50.000 ₫ một đơn, cho giỏ từ 300.000 ₫, 100 lượt")

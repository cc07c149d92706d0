"""Drinks with alcohol at the till: the age is said each time and kept, and cash is not taken."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from shop.order.models import Order
from tests.factories import a_product, a_spirit, zone_rates
from tests.shop.buying import a_guest_with, buy, form_of, look, only_order, press
from tests.shop.payment.paying import CASH, PREPAID

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(settings: Any) -> Client:
    settings.PAYMENT_METHODS = [CASH, PREPAID]
    zone_rates()
    return a_guest_with({a_spirit(): 1, a_product(): 1})


def test_order_is_refused_until_both_are_grown_up(guest) -> None:
    response = buy(guest, payment="prepaid")
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["adult"]
    assert Order.objects.count() == 0


def test_age_of_buyer_and_receiver_is_kept_with_the_order_and_its_contract(guest) -> None:
    before = timezone.now()
    assert "Tôi và người nhận hàng đều đã đủ 18 tuổi" in look(guest).content.decode()
    buy(guest, payment="prepaid", adult="on")
    order = only_order()
    assert before <= order.age_confirmed_at <= timezone.now()
    assert order.summary.facts["age_confirmed_at"]


def test_age_is_not_remembered_for_the_next_order(guest) -> None:
    look(guest, payment="prepaid", adult="on")
    assert "checked" not in str(look(guest, payment="prepaid").context["form"]["adult"])


def test_cash_is_closed_with_the_reason_and_a_forged_choice_is_refused(guest) -> None:
    page = look(guest, payment="cod", adult="on")
    assert "không được trả tiền mặt (Luật 44/2019/QH14)" in page.content.decode()
    response = press(guest, form_of(page), payment="cod", adult="on")
    assert response.status_code == 409
    assert list(response.context["form"].errors) == ["payment"]
    assert Order.objects.count() == 0


def test_order_without_alcohol_is_not_asked(settings) -> None:
    zone_rates()
    buy(a_guest_with(a_product()))
    order = only_order()
    assert order.age_confirmed_at is None
    assert order.summary.facts["age_confirmed_at"] == ""

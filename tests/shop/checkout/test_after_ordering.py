"""“Back” after ordering, and alcohol put into the basket by those who were not asked yet."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalogue.age import AGE_COOKIE, CONFIRMED
from shop.basket.models import Line
from tests.factories import a_product, a_spirit, zone_rates
from tests.shop.buying import a_guest_with, buy, only_order

pytestmark = pytest.mark.django_db


def test_empty_basket_names_the_order_just_placed() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    buy(guest)
    order = only_order()
    url = reverse("order:detail", kwargs={"number": order.number})
    body = guest.get(reverse("basket:summary")).content.decode()
    assert f"Đơn {order.number} vừa đặt xong" in body
    assert f'href="{url}"' in body
    assert guest.get(url).status_code == 200


def test_back_to_the_till_after_ordering_leads_to_those_words() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    buy(guest)
    body = guest.get(reverse("checkout:index"), follow=True).content.decode()
    assert f"Đơn {only_order().number} vừa đặt xong" in body
    assert "chưa có gì để thanh toán" not in body


def test_other_browsers_and_other_days_hear_nothing_of_it() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    buy(guest)
    url = reverse("basket:summary")
    assert "vừa đặt xong" not in Client().get(url).content.decode()
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert "vừa đặt xong" not in guest.get(url).content.decode()


def test_basket_says_its_sum_once() -> None:
    guest = a_guest_with(a_product())
    assert guest.get(reverse("basket:summary")).content.decode().count("Tạm tính") == 1


def test_alcohol_is_not_added_before_the_age_is_known(client) -> None:
    spirit = a_spirit()
    answer = client.post(reverse("basket:add", args=[spirit.pk]), {"quantity": "1"})
    assert answer.url == spirit.get_absolute_url()
    assert not Line.objects.exists()
    assert "18 tuổi" in client.get(answer.url).content.decode()
    htmx = client.post(
        reverse("basket:add", args=[spirit.pk]), {"quantity": "1"}, headers={"HX-Request": "true"}
    )
    assert htmx["HX-Redirect"] == spirit.get_absolute_url()
    assert not Line.objects.exists()


def test_alcohol_is_added_by_who_said_their_age(client) -> None:
    spirit = a_spirit()
    client.cookies[AGE_COOKIE] = CONFIRMED
    client.post(reverse("basket:add", args=[spirit.pk]), {"quantity": "1"})
    assert Line.objects.get().product == spirit

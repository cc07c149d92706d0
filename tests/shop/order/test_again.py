"""Ordering again: from the order's page, and from the list of one's orders."""

import pytest
from django.test import Client
from django.urls import reverse

from shop.basket.models import Basket
from tests.factories import a_buyer, a_product, an_order, signed_in

pytestmark = pytest.mark.django_db


def test_the_list_of_orders_fills_the_basket_again() -> None:
    buyer = a_buyer()
    product = a_product("Mật ong", stock=20)
    order = an_order(product, 2, buyer=buyer)
    client = signed_in(buyer)
    again = reverse("order:again", args=[order.number])
    assert again in client.get(reverse("customer:order-list")).content.decode()
    page = client.post(again, follow=True).content.decode()
    assert "Mật ong" in page
    basket = Basket.objects.get(owner=buyer, status=Basket.OPEN)
    assert [(line.product, line.quantity) for line in basket.lines.all()] == [(product, 2)]


def test_a_guest_orders_again_from_the_orders_page() -> None:
    order = an_order(a_product("Mật ong", stock=20))
    guest = Client()
    guest.get(order.get_absolute_url())
    page = guest.get(reverse("order:detail", args=[order.number])).content.decode()
    again = reverse("order:again", args=[order.number])
    assert again in page
    assert "Mật ong" in guest.post(again, follow=True).content.decode()
    assert Client().post(again).status_code == 404

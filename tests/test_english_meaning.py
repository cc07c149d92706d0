"""One Vietnamese word, two English ones: each page says the one that it means."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from shop.order.models import Order
from shop.payment.models import BankAccount
from tests.factories import a_product, an_order, zone_rates
from tests.shop.buying import a_guest_with

pytestmark = pytest.mark.django_db


def english(client: Client, name: str, *args: str) -> str:
    with override("en"):
        return client.get(reverse(name, args=args)).content.decode()


@pytest.fixture
def order() -> Order:
    BankAccount.objects.create(bank_bin="970436", number="1", holder="HTX", is_active=True)
    return an_order(a_product(), payment="vietqr")


@pytest.fixture
def buyer(order: Order) -> Client:
    """Whoever came by the order's link."""
    client = Client()
    client.get(order.get_absolute_url())
    return client


def test_buttons_of_an_order_say_what_they_do(order: Order, buyer: Client) -> None:
    page = english(buyer, "order:detail", order.number)
    assert ">Pay</a>" in page
    assert ">Change the address</a>" in page


def test_line_that_a_bank_asks_for_is_the_transfer_note(order: Order, buyer: Client) -> None:
    assert "<dt>Transfer note</dt>" in english(buyer, "vietqr:transfer", order.number)


def test_checkout_sums_up_one_order_and_the_basket_asks_where_it_goes() -> None:
    zone_rates()
    guest = a_guest_with(a_product())
    assert ">Your order</h2>" in english(guest, "checkout:index")
    assert "Deliver to</h3>" in english(guest, "basket:summary")


def test_menu_leads_to_all_producers() -> None:
    page = english(Client(), "partner:index")
    assert "<h1>Producers</h1>" in page
    assert ">Producers</a>" in page

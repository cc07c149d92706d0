"""Orders placed without an account, taken into one."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shop.order.claiming import CannotClaim, claim, claimable
from shop.order.models import Order
from shop.users.models import User
from tests.factories import a_buyer, a_product, an_order, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return an_order(a_product(stock=50), email="Hoa@example.vn")


def hoa(*, proved: bool = True) -> User:
    return a_buyer(email="hoa@example.vn", email_verified_at=timezone.now() if proved else None)


def test_the_proved_owner_of_the_address_sees_and_takes_them(order: Order) -> None:
    user = hoa()
    client = signed_in(user)
    assert "Có 1 đơn" in client.get(reverse("customer:order-list")).content.decode()
    assert order.number in client.get(reverse("customer:claims")).content.decode()
    client.post(reverse("customer:claims"))
    order.refresh_from_db()
    assert (order.user, order.contact_email) == (user, "hoa@example.vn")
    assert order.number in client.get(reverse("customer:order-list")).content.decode()


def test_an_address_that_nobody_proved_shows_and_gives_nothing(order: Order) -> None:
    client = signed_in(hoa(proved=False))
    page = client.get(reverse("customer:claims")).content.decode()
    assert order.number not in page and "xác nhận email" in page
    client.post(reverse("customer:claims"))
    order.refresh_from_db()
    assert order.user is None


def test_a_number_alone_claims_nothing(order: Order) -> None:
    url = reverse("customer:claim", args=[order.number])
    assert signed_in(a_buyer()).post(url).status_code == 404
    assert Client().post(url).status_code == 302
    order.refresh_from_db()
    assert order.user is None


def test_whoever_opened_the_secret_link_signed_in_may_take_it(order: Order) -> None:
    other = a_buyer()
    client = signed_in(other)
    page = client.get(order.get_absolute_url(), follow=True).content.decode()
    assert "Thêm vào tài khoản" in page
    client.post(reverse("customer:claim", args=[order.number]))
    order.refresh_from_db()
    assert order.user == other
    # Its letters still go where the buyer wanted them.
    assert order.contact_email == "Hoa@example.vn"
    page = client.get(order.get_absolute_url(), follow=True).content.decode()
    assert "Thêm vào tài khoản" not in page


def test_a_visitor_with_the_link_is_offered_nothing(order: Order) -> None:
    page = Client().get(order.get_absolute_url(), follow=True).content.decode()
    assert "Thêm vào tài khoản" not in page


def test_an_order_of_one_account_is_not_taken_by_another(order: Order) -> None:
    first, second = hoa(), a_buyer()
    claim(order, first)
    claim(order, first)
    with pytest.raises(CannotClaim):
        claim(order, second)
    client = signed_in(second)
    client.get(order.get_absolute_url())
    page = client.post(reverse("customer:claim", args=[order.number]), follow=True)
    assert "trong một tài khoản khác" in page.content.decode()
    order.refresh_from_db()
    assert order.user == first


@pytest.mark.django_db(transaction=True)
def test_two_at_once_cannot_both_have_it(order: Order) -> None:
    people = [hoa(), a_buyer()]
    start = Barrier(2)
    outcomes: list[str] = []

    def take(user: User) -> None:
        mine = Order.objects.get(pk=order.pk)
        start.wait()
        try:
            claim(mine, user)
            outcomes.append("taken")
        except CannotClaim:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=take, args=[user]) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "taken"]
    order.refresh_from_db()
    assert order.user in people


def test_a_members_order_is_never_on_offer() -> None:
    owner = a_buyer()
    an_order(a_product(), buyer=owner)
    assert not claimable(hoa()).exists()


def test_the_list_is_filtered_and_searched() -> None:
    user = hoa()
    product = a_product("Mật ong", stock=9)
    old, new = an_order(product, buyer=user), an_order(a_product("Chè", stock=9), buyer=user)
    Order.objects.filter(pk=old.pk).update(status="completed")
    client = signed_in(user)
    url = reverse("customer:order-list")
    done = client.get(url, {"loc": "xong"}).content.decode()
    assert old.number in done and new.number not in done
    found = client.get(url, {"q": "chè"}).content.decode()
    assert new.number in found and old.number not in found
    assert client.get(url, {"loc": "xyz", "q": "không có"}).status_code == 200

"""The shop's staff in the dashboard: orders and vouchers, not the text of products."""

import pytest
from django.test import Client
from django.urls import reverse

from shop.staff import RIGHTS, ensure_staff_group
from tests.factories import a_buyer, a_producer, a_product, a_staff_member, a_user, an_order
from tests.shop.vouchers import an_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    person = a_staff_member()
    person.groups.add(ensure_staff_group())
    client.force_login(person, backend="shop.users.backends.EmailBackend")
    return client


def test_every_right_of_the_group_exists() -> None:
    assert ensure_staff_group().permissions.count() == len(RIGHTS)


def test_staff_find_an_order_and_its_buyer(staff: Client) -> None:
    order = an_order(a_product(), 2)
    assert order.number in staff.get(reverse("dashboard:order-list")).content.decode()
    url = reverse("dashboard:order-detail", kwargs={"number": order.number})
    assert "Nguyễn Thị Hoa" in staff.get(url).content.decode()


@pytest.mark.parametrize(
    "name", ["index", "order-list", "users-index", "voucher-list", "offer-list", "range-list"]
)
def test_staff_open_their_rooms_of_the_dashboard(staff: Client, name: str) -> None:
    assert staff.get(reverse(f"dashboard:{name}")).status_code == 200


def test_the_list_of_offers_opens_with_an_offer_in_it(staff: Client) -> None:
    an_offer()
    assert staff.get(reverse("dashboard:offer-list")).status_code == 200


def test_the_dashboard_asks_no_other_site_for_scripts(staff: Client) -> None:
    assert "https://" not in staff.get(reverse("dashboard:index")).content.decode()


def test_staff_do_not_edit_products_around_the_moderators(staff: Client) -> None:
    product = a_product()
    url = reverse("dashboard:catalogue-product", kwargs={"pk": product.pk})
    assert staff.get(url).status_code == 403
    assert staff.post(url, {"title": "Tên khác"}).status_code == 403
    product.refresh_from_db()
    assert product.title != "Tên khác"


@pytest.mark.parametrize("name", ["index", "order-list", "voucher-list"])
def test_the_dashboard_is_closed_to_everybody_else(client: Client, name: str) -> None:
    url = reverse(f"dashboard:{name}")
    assert client.get(url).status_code == 302
    member = a_user()
    a_producer(members=[member])
    for person in (a_buyer(), member):
        client.force_login(person, backend="shop.users.backends.EmailBackend")
        assert client.get(url).status_code in (302, 403)

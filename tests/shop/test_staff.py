"""The shop's staff in the dashboard: orders and vouchers, not the text of products."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from catalogue.pictures.specs import THUMB_SPEC
from shop.staff import RIGHTS, ensure_staff_group
from shop.users.models import User
from tests.factories import (
    a_buyer,
    a_category,
    a_picture,
    a_producer,
    a_product,
    a_staff_member,
    a_user,
    a_variant_product,
    an_order,
    signed_in,
)
from tests.shop.vouchers import an_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    person = a_staff_member()
    person.groups.add(ensure_staff_group())
    client.force_login(person, backend="shop.users.backends.EmailBackend")
    return client


@pytest.fixture
def superuser() -> Client:
    return signed_in(User.objects.create_superuser("chu@example.vn", "mat-khau-dai-hon"))


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


def test_staff_see_the_pictures_of_all_products_without_asking_for_each(
    staff: Client, django_assert_max_num_queries: Any
) -> None:
    url = reverse("dashboard:catalogue-product-list")
    picture = a_picture()
    thumb = picture.get_rendition(THUMB_SPEC)
    a_product(picture=picture)
    staff.get(url)
    with django_assert_max_num_queries(40) as first:
        page = staff.get(url).content.decode()
    assert thumb.url in page
    for number in range(5):
        a_product(f"Món {number}", picture=picture)
    with django_assert_max_num_queries(len(first.captured_queries)):
        assert staff.get(url).content.decode().count('class="thumb"') == 6


def test_the_list_of_products_has_no_door_that_is_closed_to_staff(staff: Client) -> None:
    product = a_product()
    page = staff.get(reverse("dashboard:catalogue-product-list")).content.decode()
    assert product.get_absolute_url() in page
    for name in ("catalogue-product", "catalogue-product-delete"):
        assert reverse(f"dashboard:{name}", kwargs={"pk": product.pk}) not in page
    assert reverse("dashboard:catalogue-product-create") not in page
    assert 'name="action"' not in page


def test_who_may_change_products_is_led_to_where_drafts_and_moderators_are(
    superuser: Client,
) -> None:
    product = a_variant_product()
    edit = reverse("wagtailsnippets_catalogue_product:edit", args=[product.pk])
    for each in (product, product.children.first()):
        url = reverse("dashboard:catalogue-product", kwargs={"pk": each.pk})
        assertRedirects(superuser.get(url), edit, fetch_redirect_response=False)
    new = superuser.get(reverse("dashboard:catalogue-product-create"))
    assertRedirects(
        new, reverse("wagtailsnippets_catalogue_product:list"), fetch_redirect_response=False
    )


def test_nobody_publishes_products_or_sets_their_prices_by_ticking_them(
    superuser: Client,
) -> None:
    product = a_product(live=False)
    url = reverse("dashboard:catalogue-product-list")
    page = superuser.get(url).content.decode()
    assert "selected_product" not in page and 'name="action"' not in page
    superuser.post(url, {"action": "make_products_public", "selected_product": product.pk})
    product.refresh_from_db()
    assert not product.live


def test_staff_read_the_groups_of_products_and_hide_none(staff: Client) -> None:
    group = a_category("Đồ uống", number=None)
    url = reverse("dashboard:catalogue-category-list")
    page = staff.get(url).content.decode()
    assert group.name in page
    assert "selected_category" not in page and 'name="action"' not in page
    form = {"action": "make_non_public", "selected_category": group.pk}
    for address in (url, reverse("dashboard:catalogue-category-detail-list", args=[group.pk])):
        assert staff.post(address, form).status_code == 403
    group.refresh_from_db()
    assert group.is_public


def test_who_may_change_groups_hides_those_that_are_ticked(superuser: Client) -> None:
    group = a_category("Đồ uống", number=None)
    url = reverse("dashboard:catalogue-category-list")
    assert "selected_category" in superuser.get(url).content.decode()
    superuser.post(url, {"action": "make_non_public", "selected_category": group.pk})
    group.refresh_from_db()
    assert not group.is_public


@pytest.mark.parametrize("name", ["index", "order-list", "voucher-list"])
def test_the_dashboard_is_closed_to_everybody_else(client: Client, name: str) -> None:
    url = reverse(f"dashboard:{name}")
    assert client.get(url).status_code == 302
    member = a_user()
    a_producer(members=[member])
    for person in (a_buyer(), member):
        client.force_login(person, backend="shop.users.backends.EmailBackend")
        assert client.get(url).status_code in (302, 403)

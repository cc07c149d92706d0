"""The first page of the office, its menu, and who sees what in it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shop.staff import (
    ACCOUNTS,
    ADMINS,
    GROUPS,
    MODERATION,
    OFFICE,
    PACKING,
    STAFF,
    SUPPORT,
    ensure_staff_group,
)
from tests.factories import (
    a_buyer,
    a_product,
    a_review,
    a_shop,
    a_staff_member,
    an_order,
    in_group,
    signed_in,
)

pytestmark = pytest.mark.django_db

HOME = "/quan-ly/"
#: Pages of the office by name, and the groups that open each.
PAGES: dict[str, set[str]] = {
    "dashboard:index": set(GROUPS),
    "dashboard:order-list": {STAFF, PACKING, SUPPORT, ACCOUNTS},
    "office:parcels": {STAFF, PACKING, SUPPORT, ACCOUNTS},
    "dashboard:users-index": {STAFF, SUPPORT},
    "office:numbers": {STAFF, ACCOUNTS},
    "office:people": {ADMINS},
    "audit:log": {STAFF, ADMINS},
    "exports:index": {STAFF, ACCOUNTS},
    "payments:index": {STAFF, SUPPORT, ACCOUNTS},
    "payments:statement": {ACCOUNTS},
    "payments:account": {ACCOUNTS},
    "settlements:index": {ACCOUNTS},
    "invoices:index": {SUPPORT, ACCOUNTS},
    "cod:waiting": {STAFF, SUPPORT},
    "quotes-staff:index": {STAFF, SUPPORT},
    "reviews-staff:queue": {STAFF, MODERATION},
    "producers-staff:applications": {STAFF, MODERATION},
    "producers-staff:prices": {STAFF, MODERATION},
    "producers-staff:certificates": {OFFICE},
    "promotion-staff:queue": {STAFF, MODERATION},
    "returns-staff:index": {STAFF, SUPPORT, ACCOUNTS},
    "orders-staff:questions": {STAFF, PACKING, SUPPORT, ACCOUNTS},
    "questions-staff:queue": {STAFF, SUPPORT, MODERATION},
    "letters:index": {STAFF, SUPPORT},
    "letters:kinds": {STAFF},
    "delivery-staff:index": {STAFF},
    "programme:board": {OFFICE},
    "consents:index": {STAFF, SUPPORT},
    "search-counts": {STAFF, MODERATION},
    "dashboard:voucher-list": {STAFF},
    "dashboard:partner-list": {STAFF},
}


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_opens_its_pages_and_no_other(group: str) -> None:
    a_shop()
    ensure_staff_group()
    client = signed_in(in_group(a_staff_member(), group))
    opened = {name for name in PAGES if client.get(reverse(name)).status_code == 200}
    assert opened == {name for name, groups in PAGES.items() if group in groups}


@pytest.mark.parametrize("group", GROUPS)
def test_the_menu_leads_to_nothing_that_is_closed(group: str) -> None:
    a_shop()
    ensure_staff_group()
    client = signed_in(in_group(a_staff_member(), group))
    page = client.get(HOME).content.decode()
    menu = page.split('class="office-nav"')[1].split("</nav>")[0]
    links = [part.split('"')[0] for part in menu.split('<a href="')[1:]]
    assert links
    for link in links:
        assert client.get(link).status_code == 200, link


def test_work_is_counted_for_who_may_do_it() -> None:
    ensure_staff_group()
    product = a_product()
    an_order(product)
    a_review(product, approved=False)
    packer = signed_in(in_group(a_staff_member(), PACKING))
    page = packer.get(HOME).content.decode()
    assert "Kiện chờ đóng gói" in page
    assert "Đánh giá chờ duyệt" not in page
    moderator = signed_in(in_group(a_staff_member(), MODERATION))
    page = moderator.get(HOME).content.decode()
    assert "Đánh giá chờ duyệt" in page
    assert "Kiện chờ đóng gói" not in page


def test_staff_in_no_group_are_told_so() -> None:
    page = signed_in(a_staff_member()).get(HOME).content.decode()
    assert "chưa được xếp vào nhóm" in page


def test_the_shops_own_menu_is_not_in_the_office() -> None:
    page = signed_in(a_staff_member()).get(HOME).content.decode()
    assert "site-nav" not in page
    assert "office-nav" in page
    a_shop()
    assert "office-nav" not in signed_in(a_staff_member()).get("/").content.decode()


def test_the_office_is_closed_to_everybody_else() -> None:
    assert Client().get(HOME).status_code == 302
    assert signed_in(a_buyer()).get(HOME).status_code == 403


def test_oscars_own_pages_have_the_same_menu() -> None:
    ensure_staff_group()
    client = signed_in(in_group(a_staff_member(), STAFF))
    page = client.get(reverse("dashboard:voucher-list")).content.decode()
    assert "office-nav" in page
    assert "https://" not in page


def test_the_home_asks_the_same_whatever_waits() -> None:
    ensure_staff_group()
    client = signed_in(in_group(a_staff_member(), STAFF))
    product = a_product()
    an_order(product)
    client.get(HOME)
    with CaptureQueriesContext(connection) as one:
        client.get(HOME)
    an_order(product)
    an_order(a_product("Bánh mật"))
    with CaptureQueriesContext(connection) as more:
        client.get(HOME)
    assert len(more) == len(one)


def test_our_own_pages_of_the_staff_allow_no_script_within_them() -> None:
    ensure_staff_group()
    client = signed_in(in_group(a_staff_member(), STAFF))
    for path in (HOME, "/quan-ly/don-hang/", "/quan-ly/tien/", "/quan-ly/so-lieu/"):
        assert "script-src 'self'" in client.get(path)["Content-Security-Policy"], path
    # Oscar's own pages bring theirs: allowed, and what the strict policy would say is reported.
    oscars = client.get(reverse("dashboard:voucher-list"))
    assert "'unsafe-inline'" in oscars["Content-Security-Policy"]
    assert "script-src 'self';" in oscars["Content-Security-Policy-Report-Only"] + ";"

"""Sales on one page, and the days they are counted on."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shop.office.customers.views import with_sums
from shop.office.numbers.period import Period, PeriodForm, period_of
from shop.office.numbers.sums import (
    Sums,
    buyers_of,
    by_day,
    by_product,
    by_province,
    gathered,
    total,
    troubles_of,
)
from shop.order.fulfilment import hand_over
from shop.order.models import Order, Parcel
from shop.order.refusing import refuse_delivery
from shop.programme.sales import sales_of
from shop.staff import ACCOUNTS, SUPPORT, ensure_staff_group
from shop.users.models import User
from tests.factories import (
    a_bank_account,
    a_buyer,
    a_product,
    a_staff_member,
    an_order,
    in_group,
    signed_in,
)

pytestmark = pytest.mark.django_db

PAGE = "/quan-ly/so-lieu/"


@pytest.fixture
def accounts() -> Client:
    ensure_staff_group()
    return signed_in(in_group(a_staff_member(), ACCOUNTS))


def placed(days_ago: int, order: Order) -> Order:
    Order.objects.filter(pk=order.pk).update(date_placed=timezone.now() - timedelta(days=days_ago))
    return order


def last_week() -> Period:
    today = timezone.localdate()
    return Period(today - timedelta(days=6), today)


@pytest.mark.parametrize(
    ("step", "begins"),
    [
        ("ngay", [date(2026, 11, 28) + timedelta(days=n) for n in range(5)]),
        ("tuan", [date(2026, 11, 23), date(2026, 11, 30)]),
        ("thang", [date(2026, 11, 1), date(2026, 12, 1)]),
    ],
)
def test_days_are_gathered_by_day_week_and_month(step: str, begins: list[date]) -> None:
    period = Period(date(2026, 11, 28), date(2026, 12, 2), step)
    assert list(period.steps()) == begins
    assert period.before == Period(date(2026, 11, 23), date(2026, 11, 27), step)


@pytest.mark.parametrize(
    ("query", "days", "step"),
    [
        ({}, 30, "ngay"),
        ({"so-ngay": "365"}, 365, "thang"),
        ({"so-ngay": "12"}, 30, "ngay"),
        ({"tu": "2026-01-01", "den": "2026-03-31"}, 90, "tuan"),
        ({"tu": "2026-02-01", "den": "2026-01-01"}, 30, "ngay"),
        ({"tu": "1990-01-01"}, 30, "ngay"),
        ({"tu": "xx", "buoc": "nam"}, 30, "ngay"),
    ],
)
def test_a_period_that_cannot_be_read_is_the_usual_one(
    query: dict[str, Any], days: int, step: str
) -> None:
    period = period_of(PeriodForm(query), query.get("so-ngay", ""))
    assert (period.days, period.step) == (days, step)


def test_orders_that_fell_are_not_counted() -> None:
    product = a_product(price=50_000, stock=30)
    placed(1, an_order(product, 2))
    placed(1, an_order(product, 4)).set_status("cancelled")
    placed(9, an_order(product, 1))
    period = last_week()
    days = by_day(period.before.since, period.until)
    now, before = total(days, period), total(days, period.before)
    assert (now.orders, now.items, int(now.revenue)) == (1, 2, 100_000)
    assert (before.orders, int(before.revenue)) == (1, 50_000)
    assert int(now.average) == 100_000
    assert len(gathered(days, period)) == 7
    assert Sums().average == 0


def test_buyers_are_told_apart_by_account_email_or_phone() -> None:
    product = a_product(stock=30)
    buyer = a_buyer()
    placed(30, an_order(product, buyer=buyer))
    an_order(product, buyer=buyer)
    an_order(product, email="moi@example.vn")
    an_order(product, email="MOI@example.vn")
    found = buyers_of(last_week())
    assert (found.everybody, found.returning, found.new) == (2, 1, 1)


def test_sales_are_parted_by_product_and_province() -> None:
    an_order(a_product("Bánh mật", price=20_000), 3)
    an_order(a_product("Nem chua", price=90_000))
    assert [(part.name, part.items) for part in by_product(last_week())] == [
        ("Nem chua", 1),
        ("Bánh mật", 3),
    ]
    (province,) = by_province(last_week())
    assert "Bắc Ninh" in province.name


def test_late_parcels_are_counted_by_the_day_promised() -> None:
    today = timezone.localdate()
    product = a_product(stock=20)
    for delivered, promised in ((None, today - timedelta(1)), (timezone.now(), today)):
        parcel = an_order(product).parcels.get()
        Parcel.objects.filter(pk=parcel.pk).update(
            promised_from=promised, promised_to=promised, delivered_at=delivered
        )
    found = troubles_of(last_week())
    assert (found.parcels_promised, found.parcels_late) == (2, 1)


def test_the_page_shows_sums_charts_and_tables(accounts: Client) -> None:
    an_order(a_product("Bánh mật", price=50_000), 2)
    page = accounts.get(PAGE).content.decode()
    for words in ("100.000", "Bánh mật", "<svg", "Theo nhà sản xuất", "Bảng số của biểu đồ"):
        assert words in page


def test_the_page_asks_as_much_for_a_year_as_for_a_week(accounts: Client) -> None:
    product = a_product(stock=30)
    an_order(product)
    accounts.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        accounts.get(f"{PAGE}?so-ngay=7")
    for days in (3, 40, 200):
        placed(days, an_order(product))
    with CaptureQueriesContext(connection) as more:
        accounts.get(f"{PAGE}?so-ngay=365")
    assert len(more) == len(one)


def test_support_do_not_see_what_the_shop_earns() -> None:
    ensure_staff_group()
    assert signed_in(in_group(a_staff_member(), SUPPORT)).get(PAGE).status_code == 403


def test_parcels_that_came_back_are_counted_by_that_day() -> None:
    parcel = hand_over(an_order(a_product()).parcels.get(), "VNPost")
    later = timezone.localdate() + timedelta(days=20)
    Parcel.objects.filter(pk=parcel.pk).update(promised_from=later, promised_to=later)
    refuse_delivery(parcel)
    assert troubles_of(last_week()).parcels_returned == 1
    assert troubles_of(last_week().before).parcels_returned == 0


def test_what_waits_for_its_money_is_not_sold(accounts: Client) -> None:
    a_bank_account()
    buyer = a_buyer()
    order = an_order(a_product(), buyer=buyer, payment="vietqr")
    assert order.status == "pending-payment"
    period = last_week()
    assert total(by_day(period.since, period.until), period) == Sums()
    assert by_product(period) == []
    assert buyers_of(period).everybody == 0
    assert sales_of(timezone.localdate().year) == []
    assert with_sums(User.objects.filter(pk=buyer.pk)).get().order_count == 0
    assert "chưa trả tiền" in accounts.get(PAGE).content.decode()

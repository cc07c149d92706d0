"""Erasing somebody: afterwards the whole database and every file know nothing of them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.storage import storages
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from shop.communication.models import Letter
from shop.contracts.models import OrderSummary
from shop.order.fulfilment import hand_over, mark_delivered, start_packing
from shop.order.models import Order, ShippingAddress
from shop.payment.models import Payment
from shop.personal.anonymising import anonymise_due
from shop.personal.erasing import CannotErase, erase_person, reasons_against
from shop.personal.keeping import forget_what_is_over
from shop.personal.models import Erasure
from shop.personal.registry import ErasureWishes, Person
from shop.returns.models import ReturnRequest
from shop.reviews.models import ProductReview
from shop.users.models import User
from tests.factories import (
    a_buyer,
    a_producer,
    a_product,
    a_received_order,
    a_review,
    a_shop,
    a_staff_member,
    a_user,
    an_order,
    in_group,
    signed_in,
)
from tests.shop.personal.seeding import EMAIL, MARK, PHONE, guest_order, seeded_customer

pytestmark = pytest.mark.django_db


def found_in_database() -> list[str]:
    """Every column of every row of every table in which a mark of the person stands."""
    needles = [MARK.lower(), PHONE.removeprefix("+84"), EMAIL]
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found += [
                    f"{table}.{name}: {str(value)[:60]}"
                    for name, value in zip(names, row, strict=True)
                    if any(needle in str(value).lower() for needle in needles)
                ]
    for session in Session.objects.all():
        said = str(session.get_decoded()).lower()
        found += [f"session: {said[:60]}"] * any(needle in said for needle in needles)
    return found


def found_in_files() -> list[str]:
    places = [Path(settings.MEDIA_ROOT), Path(storages["private"].location)]
    return [
        str(path)
        for place in places
        for path in place.rglob("*")
        if path.is_file() and (MARK in path.name or MARK.encode() in path.read_bytes())
    ]


@pytest.fixture
def customer(django_capture_on_commit_callbacks: Any) -> Iterator[User]:
    for left_by_another_test in found_in_files():
        Path(left_by_another_test).unlink()
    with django_capture_on_commit_callbacks(execute=False):
        yield seeded_customer()


def years_later(years: int) -> Any:
    now = timezone.now() + timedelta(days=366 * years + 2)
    return patch("django.utils.timezone.now", return_value=now)


def pass_on() -> None:
    """Whatever the worker does once an hour, often enough."""
    for _round in range(3):
        cache.clear()
        forget_what_is_over()


def test_nothing_of_the_person_is_left_once_the_terms_are_over(
    customer: User, django_capture_on_commit_callbacks: Any
) -> None:
    guest_order()
    assert len(found_in_database()) > 100 and found_in_files()
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(Person.of(customer))
    assert Order.objects.count() == 2  # the law keeps them
    with years_later(4), django_capture_on_commit_callbacks(execute=True):
        pass_on()
    left = found_in_database()
    assert {line.split(":")[0] for line in left} <= {
        f"invoices_invoicerequest.{name}"
        for name in ("company_name", "tax_code", "address", "email", "note")
    }
    with years_later(11), django_capture_on_commit_callbacks(execute=True):
        pass_on()
    assert found_in_database() == []
    assert found_in_files() == []
    assert Order.objects.count() == 2


def test_somebody_else_keeps_everything(
    customer: User, django_capture_on_commit_callbacks: Any
) -> None:
    other = a_buyer(email="khac@example.vn", first_name="Người Khác")
    order = a_received_order(a_product("Trà"), buyer=other)
    review = a_review(order.lines.get().product, user=other)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(Person.of(customer))
    order.refresh_from_db()
    review.refresh_from_db()
    assert (order.user, order.shipping_address.first_name) == (other, "Nguyễn Thị Hoa")
    assert review.user == other
    assert Letter.objects.filter(order=order).exists()


def test_members_orders_lose_their_people_too_and_keep_their_sums() -> None:
    buyer = a_buyer(email="khac@example.vn")
    order = a_received_order(a_product("Trà"), buyer=buyer)
    total, ward = order.total_incl_tax, order.shipping_address.ward_code
    with years_later(4):
        assert anonymise_due() > 0
        assert anonymise_due() == 0
    order.refresh_from_db()
    address = ShippingAddress.objects.get(pk=order.shipping_address_id)
    assert (order.user, order.total_incl_tax) == (buyer, total)
    assert (address.first_name, address.line1, address.ward_code) == ("", "", ward)
    assert OrderSummary.objects.get(order=order).facts["buyer"]["name"] == ""
    assert signed_in(buyer).get(reverse("order:detail", args=[order.number])).status_code == 200


def test_nothing_is_lost_before_the_term_is_over() -> None:
    order = a_received_order(a_product("Trà"), buyer=a_buyer())
    with years_later(2):
        assert anonymise_due() == 0
    assert ShippingAddress.objects.get(pk=order.shipping_address_id).first_name


def test_an_order_under_way_money_owed_and_an_open_return_stand_against_it() -> None:
    buyer = a_buyer()
    order = an_order(a_product("Trà"), buyer=buyer)
    reasons = reasons_against(Person.of(buyer))
    assert [order.number in reason for reason in reasons] == [True, True]
    with pytest.raises(CannotErase):
        erase_person(Person.of(buyer))
    assert User.objects.filter(pk=buyer.pk).exists()
    parcel = mark_delivered(hand_over(start_packing(order.parcels.get()), "Bưu điện", ""))
    Payment.objects.update(state=Payment.State.PAID)
    assert reasons_against(Person.of(buyer)) == []
    ReturnRequest.objects.create(order=order, parcel=parcel, key="x", reason="broken", words="vỡ")
    assert "trả hàng" in reasons_against(Person.of(buyer))[0]


@pytest.mark.parametrize("who", ["staff", "promoter", "producer"])
def test_whoever_works_here_is_not_erased_by_themselves(who: str) -> None:
    person = a_user()
    if who == "staff":
        person = a_staff_member()
    elif who == "promoter":
        a_shop()
        in_group(person, "Promoters")
    else:
        a_producer(members=[person])
    with pytest.raises(CannotErase, match="làm việc cho"):
        erase_person(Person.of(person))


def test_a_dry_run_says_what_would_go_and_leaves_it(customer: User) -> None:
    before = found_in_database()
    outcome = erase_person(Person.of(customer), dry_run=True)
    assert outcome.orders_kept == 1 and outcome.counts["addresses"] == 1
    assert found_in_database() == before
    assert not Erasure.objects.exists()


def test_erasing_twice_is_erasing_once(customer: User) -> None:
    person = Person.of(customer)
    erase_person(person)
    assert erase_person(person).counts == {}
    assert Erasure.objects.count() == 1


def test_what_was_said_in_public_may_stay_without_its_author(customer: User) -> None:
    erase_person(Person.of(customer), wishes=ErasureWishes(keep_public=True))
    review = ProductReview.objects.get()
    assert (review.user, review.name, review.email) == (None, "", "")
    assert review.author_name == "Khách đã mua"
    assert review.photos.count() == 1
    assert EMAIL not in str(list(ProductReview.objects.values()))


def test_an_unproved_address_gives_nobody_the_orders_of_its_owner() -> None:
    guest = guest_order()
    thief = a_buyer(email=EMAIL)
    assert list(Person.of(thief).orders) == []
    thief.email_verified_at = timezone.now()
    assert list(Person.of(thief).orders) == [guest]


def test_the_goodbye_letter_is_sent_and_not_kept(
    customer: User, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(Person.of(customer))
    letter = mailoutbox[-1]
    assert letter.to == [EMAIL] and "Còn 1 đơn hàng phải giữ theo luật" in letter.body
    assert not Letter.objects.filter(to=EMAIL, order=None).exists()


def test_files_of_a_room_that_fails_are_not_lost(customer: User) -> None:
    with (
        patch("shop.personal.own.ConsentRoom.erase", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        erase_person(Person.of(customer))
    assert found_in_files()

"""Notices: in the portal always, by email unless one said not to, each told once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from shop.communication.models import Letter
from shop.order.cancelling import cancel_order
from shop.order.fulfilment import hand_over, mark_delivered, start_packing
from shop.partner.membership import Role
from shop.partner.models import Partner
from shop.producers import notices
from shop.producers.models import Notice
from shop.producers.notices import choose, remind_of_certificates, remind_once_a_day
from shop.reviews.writing import decide
from shop.users.models import User
from tests.factories import (
    a_certificate,
    a_producer,
    a_product,
    a_review,
    a_user,
    an_order,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return a_user()


@pytest.fixture
def producer(owner: User) -> Partner:
    return a_producer(members=[owner])


def test_a_new_parcel_is_told_here_and_by_email(owner: User, producer: Partner) -> None:
    order = an_order(a_product(producer=producer))
    notice = Notice.objects.get(user=owner)
    assert order.number in notice.words
    assert notice.path == reverse("producers:parcel", args=[order.parcels.get().pk])
    assert Letter.objects.get(event_code="PARCEL_ORDERED").to == owner.email
    client = signed_in(owner)
    assert order.number in client.get(reverse("producers:home")).content.decode()
    client.post(reverse("producers:read-notices"))
    assert order.number not in client.get(reverse("producers:home")).content.decode()
    cancel_order(order)
    assert "hủy" in Notice.objects.first().words  # type: ignore[union-attr]


@pytest.mark.parametrize("page", ["home", "notices"])
def test_a_parcel_that_was_sent_is_no_longer_told_of_as_to_be_packed(
    owner: User, producer: Partner, page: str
) -> None:
    product = a_product(producer=producer)
    decide(a_review(product, approved=False), approve=True)
    parcel, other = (an_order(product).parcels.get() for _n in range(2))
    client = signed_in(owner)

    def shown() -> str:
        return client.get(reverse(f"producers:{page}")).content.decode()

    start_packing(parcel)
    assert f"Kiện mới cần đóng: {parcel}." in shown()
    hand_over(parcel, "Bưu điện")
    assert f"Kiện {parcel}: đã gửi." in shown()
    mark_delivered(parcel)
    text = shown()
    assert f"Kiện {parcel}: đã giao." in text
    assert f"Kiện mới cần đóng: {parcel}." not in text
    assert f"Kiện mới cần đóng: {other}." in text


def test_who_wants_no_email_still_reads_it_here(owner: User, producer: Partner) -> None:
    url = reverse("producers:choose-notices")
    signed_in(owner).post(url, {"kinds": ["money", "listings"]})
    an_order(a_product(producer=producer))
    assert Notice.objects.filter(user=owner).exists()
    assert not Letter.objects.filter(event_code="PARCEL_ORDERED").exists()
    page = signed_in(owner).get(reverse("producers:notices")).content.decode()
    assert page.count("checked") == 2


def test_a_packer_hears_of_parcels_and_not_of_reviews(producer: Partner) -> None:
    packer = a_user()
    producer.users.add(packer, through_defaults={"role": Role.PACKER})
    product = a_product(producer=producer)
    an_order(product)
    decide(a_review(product, approved=False), approve=True)
    assert {notice.kind for notice in Notice.objects.filter(user=packer)} == {"parcels"}
    assert "reviews" in Notice.objects.exclude(user=packer).values_list("kind", flat=True)


def test_each_reads_in_their_own_language(producer: Partner) -> None:
    friend = a_user(language="en")
    producer.users.add(friend, through_defaults={"role": "owner"})
    an_order(a_product(producer=producer))
    assert "parcel" in Notice.objects.get(user=friend).words.lower()


def test_a_certificate_is_reminded_of_thrice_and_once_each(owner: User, producer: Partner) -> None:
    today = timezone.localdate()
    a_certificate(a_product(producer=producer), expires_on=today + timedelta(days=200))
    for days_on, told in ((0, 0), (20, 1), (21, 0), (110, 1), (170, 1), (199, 0), (200, 0)):
        assert remind_of_certificates(today + timedelta(days=days_on)) == told
    assert Letter.objects.filter(event_code="PRODUCER_NOTICE").count() == 3


def test_of_many_certificates_only_those_that_end_soon_are_read_some_at_a_time(
    owner: User, producer: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    monkeypatch.setattr(notices, "TOLD_AT_ONCE", 2)
    soon, later = today + timedelta(days=25), today + timedelta(days=400)
    ends: list[dict[str, Any]] = [{"expires_on": soon} for _ in range(5)]
    for end in (*ends, {"expires_on": soon, "extended_until": later}, {"expires_on": later}):
        a_certificate(a_product(producer=producer), **end)
    a_certificate(a_product(), expires_on=soon)  # of a producer that nobody works for here
    assert remind_of_certificates(today) == 5
    assert Notice.objects.filter(user=owner, kind="certificates").count() == 5


def test_the_worker_asks_about_certificates_once_a_day(producer: Partner) -> None:
    today = timezone.localdate()
    a_certificate(a_product(producer=producer), expires_on=today + timedelta(days=30))
    assert remind_once_a_day() == 1
    with CaptureQueriesContext(connection) as asked:
        assert remind_once_a_day() == 0
    assert len(asked) == 0


def test_notices_of_another_are_not_seen_nor_marked(owner: User, producer: Partner) -> None:
    stranger = a_user()
    a_producer(members=[stranger])
    order = an_order(a_product(producer=producer))
    client = signed_in(stranger)
    assert order.number not in client.get(reverse("producers:notices")).content.decode()
    client.post(reverse("producers:read-notices"))
    assert Notice.objects.filter(user=owner).unread().exists()
    choose(stranger, [])
    assert Notice.objects.filter(user=owner).count() == 1

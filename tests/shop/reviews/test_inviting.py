"""The review invitation: once an order, some days after it arrived, and never after a stop."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from catalogue.models import Product
from shop.communication.letters import Letter
from shop.order.models import Order, Parcel
from shop.reviews.inviting.asking import address_in, invite_buyers, token_of
from shop.reviews.inviting.models import NoInvitation, ReviewInvitation
from shop.users.models import User
from tests.factories import a_buyer, a_producer, a_product, a_received_order, a_review, an_order

pytestmark = pytest.mark.django_db


def arrived(goods: Product, buyer: User, *, days: float = 6) -> Order:
    order = a_received_order(goods, buyer=buyer)
    Parcel.objects.filter(order=order).update(delivered_at=timezone.now() - timedelta(days=days))
    return order


def invitations() -> list[Letter]:
    return list(Letter.objects.filter(event_code="REVIEW_INVITATION"))


def test_a_buyer_is_asked_once_by_letter_with_a_link_for_each_thing() -> None:
    buyer, tea = a_buyer(), a_product("Trà hoa vàng")
    order = arrived(tea, buyer)
    assert invite_buyers() == 1
    assert invite_buyers() == 0
    [letter] = invitations()
    assert letter.to == buyer.email
    assert order.number in letter.subject
    for part in (letter.text, letter.html):
        assert f"http://127.0.0.1:8000/danh-gia/{tea.slug}/viet/" in part
        assert letter.stop_link in part


@pytest.mark.parametrize("days", [0, 4, 31])
def test_not_at_once_and_not_after_a_month(days: int) -> None:
    arrived(a_product(), a_buyer(), days=days)
    assert invite_buyers() == 0
    assert not ReviewInvitation.objects.exists()


def test_nobody_is_asked_before_all_has_arrived() -> None:
    an_order(a_product(), buyer=a_buyer())
    assert invite_buyers() == 0


def test_an_order_has_arrived_when_the_last_of_its_parcels_has() -> None:
    tea, honey = (a_product(producer=a_producer()) for _ in range(2))
    order = a_received_order({tea: 1, honey: 1}, buyer=a_buyer())
    first, second = order.parcels.order_by("pk")
    for parcel, days in ((first, 8), (second, 2)):
        Parcel.objects.filter(pk=parcel.pk).update(
            delivered_at=timezone.now() - timedelta(days=days)
        )
    assert invite_buyers() == 0
    Parcel.objects.filter(pk=second.pk).update(delivered_at=timezone.now() - timedelta(days=6))
    assert invite_buyers() == 1


def test_who_waits_behind_many_is_asked_in_the_next_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shop.reviews.inviting.asking.BATCH", 2)
    tea = a_product("Trà")
    for _ in range(3):
        arrived(tea, a_buyer())
    assert [invite_buyers(), invite_buyers(), invite_buyers()] == [2, 1, 0]


def test_what_was_reviewed_is_not_asked_for_nor_what_one_makes() -> None:
    buyer, tea = a_buyer(), a_product("Trà")
    a_review(tea, user=buyer)
    arrived(tea, buyer)
    own = a_product("Bánh")
    own.producer.users.add(maker := a_buyer(), through_defaults={"role": "owner"})
    arrived(own, maker)
    assert invite_buyers() == 0
    assert ReviewInvitation.objects.count() == 2


def test_a_guest_who_cannot_review_is_not_asked() -> None:
    order = an_order(a_product(), email="khach@example.com")
    Order.objects.filter(pk=order.pk).update(status="completed")
    Parcel.objects.update(status="delivered", delivered_at=timezone.now() - timedelta(days=6))
    assert invite_buyers() == 0


def test_the_link_stops_after_a_press_not_when_it_is_opened() -> None:
    buyer = a_buyer()
    arrived(a_product(), buyer)
    invite_buyers()
    [letter] = invitations()
    path = letter.stop_link.removeprefix("http://127.0.0.1:8000")
    client = Client(enforce_csrf_checks=True)
    assert buyer.email in client.get(path).content.decode()
    assert not NoInvitation.objects.exists()
    # As a mail program posts it, without the page's token (RFC 8058).
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 302
    client.post(path)
    assert NoInvitation.objects.get().email == buyer.email
    arrived(a_product(), buyer)
    assert invite_buyers() == 0


def test_a_stop_link_that_the_shop_did_not_make_is_none() -> None:
    assert address_in(token_of("a@b.vn")) == "a@b.vn"
    assert address_in("a@b.vn:xxx") is None
    assert Client().get("/danh-gia/thoi-moi/a@b.vn:xxx/").status_code == 404


def test_the_letter_speaks_the_orders_language() -> None:
    order = arrived(a_product("Trà", title_en="Tea", english_ready=True), a_buyer())
    Order.objects.filter(pk=order.pk).update(language="en")
    invite_buyers()
    [letter] = invitations()
    assert letter.language == "en"
    assert "/en/danh-gia/" in letter.text
    assert "/en/danh-gia/thoi-moi/" in letter.stop_link


def test_the_worker_asks(capsys: Any) -> None:
    arrived(a_product(), a_buyer())
    call_command("worker", "--once")
    assert "invite_buyers: 1" in capsys.readouterr().out

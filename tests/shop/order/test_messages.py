"""Questions about an order: to who sends a parcel, to the shop, answered, and not too many."""

import pytest
from django.test import Client
from django.urls import reverse

from shop.communication.models import Letter
from shop.order.messages import MOST_AN_HOUR, answer, ask, tell_buyer
from shop.order.models import Order, OrderMessage
from shop.order.steps import StepNotPossible
from shop.producers.models import Notice
from shop.users.models import User
from tests.factories import (
    a_bank_account,
    a_buyer,
    a_producer,
    a_product,
    a_staff_member,
    a_user,
    an_order,
    signed_in,
    with_rights,
)
from tests.shop.returns.making import a_report, an_arrived_order

pytestmark = pytest.mark.django_db
RIGHTS = ("order.view_order", "order.change_order")


@pytest.fixture
def makers() -> list[User]:
    return [a_user("mot@example.vn"), a_user("hai@example.vn")]


@pytest.fixture
def order(makers: list[User]) -> Order:
    goods = {a_product(producer=a_producer(members=[maker])): 1 for maker in makers}
    return an_order(goods, email="hoa@example.com")


@pytest.fixture
def guest(order: Order) -> Client:
    client = Client()
    client.get(order.get_absolute_url())
    return client


@pytest.fixture
def staff() -> Client:
    return signed_in(with_rights(a_staff_member(), *RIGHTS))


def ask_url(order: Order) -> str:
    return reverse("order:question", args=[order.number])


def test_a_question_about_a_parcel_reaches_its_producer_only(
    guest: Client, order: Order, makers: list[User]
) -> None:
    first, second = order.parcels.order_by("position")
    guest.post(ask_url(order), {"text": "Bao giờ gửi ạ?", "parcel": first.pk})
    by_maker = {parcel.producer.memberships.get().user: parcel for parcel in (first, second)}
    for maker in makers:
        parcel = by_maker[maker]
        page = signed_in(maker).get(reverse("producers:parcel", args=[parcel.pk]))
        assert ("Bao giờ gửi" in page.content.decode()) is (parcel == first)
        told = Notice.objects.filter(user=maker, words__contains="hỏi về kiện")
        assert told.exists() is (parcel == first)


def test_the_producers_answer_reaches_the_buyer_and_ends_the_wait(
    guest: Client, order: Order, staff: Client
) -> None:
    parcel = order.parcels.order_by("position")[0]
    ask(order, "Bao giờ gửi?", parcel=parcel)
    assert "Bao giờ gửi?" in staff.get(reverse("orders-staff:questions")).content.decode()
    tell_buyer(parcel, "Mai gửi ạ.", by=None)
    assert not OrderMessage.objects.unanswered().exists()
    assert "Bao giờ gửi?" not in staff.get(reverse("orders-staff:questions")).content.decode()
    page = guest.get(reverse("order:detail", args=[order.number])).content.decode()
    assert "Mai gửi ạ." in page


def test_the_shop_answers_a_question_about_the_order(
    guest: Client, order: Order, staff: Client, makers: list[User]
) -> None:
    guest.post(ask_url(order), {"text": "Xuất hóa đơn công ty được không?"})
    url = reverse("orders-staff:answer", args=[order.number])
    assert staff.post(url, {"text": ""}).status_code == 422
    staff.post(url, {"text": "Được ạ."})
    letter = Letter.objects.get(event_code="ORDER_ANSWER")
    assert (letter.to, "Được ạ." in letter.text) == ("hoa@example.com", True)
    assert not OrderMessage.objects.unanswered().exists()
    # What is between buyer and shop is on no producer's page.
    for maker in makers:
        for parcel in order.parcels.filter(producer__memberships__user=maker):
            page = signed_in(maker).get(reverse("producers:parcel", args=[parcel.pk]))
            assert "hóa đơn công ty" not in page.content.decode()


def test_staff_may_say_that_nothing_is_to_be_answered(order: Order, staff: Client) -> None:
    ask(order, "Cảm ơn!")
    staff.post(reverse("orders-staff:no-answer", args=[order.number]))
    assert not OrderMessage.objects.unanswered().exists()


def test_the_same_words_twice_are_one_message(order: Order) -> None:
    assert ask(order, "Bao giờ gửi?") == ask(order, "Bao giờ gửi? ")
    assert answer(order, "Mai", by=None) == answer(order, "Mai", by=None)
    assert OrderMessage.objects.count() == 2
    assert Letter.objects.filter(event_code="ORDER_ANSWER").count() == 1


def test_more_than_a_handful_in_an_hour_is_too_much(guest: Client, order: Order) -> None:
    for n in range(MOST_AN_HOUR):
        ask(order, f"Câu {n}")
    with pytest.raises(StepNotPossible, match="nhiều lời nhắn"):
        ask(order, "Nữa")
    answer = guest.post(ask_url(order), {"text": "Viết dài mà không mất"})
    assert answer.status_code == 429
    assert "Viết dài mà không mất" in answer.content.decode()


def test_nobody_else_asks_or_answers(order: Order, makers: list[User]) -> None:
    other = an_order(a_product())
    parcel = other.parcels.get()
    assert Client().post(ask_url(order), {"text": "x"}).status_code == 404
    assert signed_in(a_buyer()).post(ask_url(order), {"text": "x"}).status_code == 404
    guest = Client()
    guest.get(order.get_absolute_url())
    assert guest.post(ask_url(order), {"text": "x", "parcel": parcel.pk}).status_code == 404
    for who in (a_buyer(), makers[0], a_staff_member()):
        client = signed_in(who)
        for name in ("conversation", "answer", "no-answer"):
            url = reverse(f"orders-staff:{name}", args=[order.number])
            assert client.post(url, {"text": "x"}).status_code in (403, 405)
        assert client.get(reverse("orders-staff:questions")).status_code == 403
    assert not OrderMessage.objects.exists()


def test_an_order_that_is_no_work_yet_is_asked_about_at_the_shop_alone(
    makers: list[User],
) -> None:
    a_bank_account()
    order = an_order(a_product(producer=a_producer(members=[makers[0]])), payment="vietqr")
    ask(order, "Đổi giờ giao?", parcel=order.parcels.get())
    assert not Notice.objects.exists()
    assert OrderMessage.objects.unanswered().count() == 1


def test_what_is_said_about_a_report_waits_with_the_report(staff: Client) -> None:
    arrived = an_arrived_order()
    asked = a_report(arrived.parcels.get())
    ask(arrived, "Ảnh đây ạ", parcel=asked.parcel, about=asked)
    listed = staff.get(reverse("orders-staff:questions")).content.decode()
    assert arrived.number not in listed

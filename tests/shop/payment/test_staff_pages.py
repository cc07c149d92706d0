"""Staff and money: who sees it, who moves it, and that each click is done once."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from shop.order.models import Order
from shop.payment.books import what_is_wrong
from shop.payment.messages import store_message
from shop.payment.models import BankAccount, MoneyReceived, Payment, Refund
from shop.payment.receiving import receive
from shop.staff import ACCOUNTS, ensure_staff_group
from tests.factories import a_buyer, a_producer, a_product, a_staff_member, a_user, an_order
from tests.shop.payment.paying import a_prepaid_order, a_sum

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("prepaid")]
BACKEND = "shop.users.backends.EmailBackend"


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def accountant() -> Client:
    ensure_staff_group()
    person = a_staff_member("ke-toan@example.com")
    person.groups.add(Group.objects.get(name=ACCOUNTS))
    return signed_in(person)


@pytest.fixture
def clerk() -> Client:
    person = a_staff_member()
    person.groups.add(ensure_staff_group())
    return signed_in(person)


def url(name: str, *args: Any) -> str:
    return reverse(f"payments:{name}", args=args)


PAGES = ["index", "queue", "refunds", "messages", "account", "books"]


@pytest.mark.parametrize("name", PAGES)
def test_visitor_is_asked_to_sign_in(name: str) -> None:
    assert Client().get(url(name)).status_code == 302


@pytest.mark.parametrize("name", PAGES)
def test_buyers_and_producers_see_no_money_of_the_shop(name: str) -> None:
    member = a_user()
    a_producer(members=[member])
    for user in (a_buyer(), member, a_staff_member()):
        assert signed_in(user).get(url(name)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_accountant_opens_every_page(accountant: Client, name: str) -> None:
    receive(a_sum(a_prepaid_order(), 1))
    assert accountant.get(url(name)).status_code == 200


def test_clerk_looks_but_moves_nothing(clerk: Client) -> None:
    order = a_prepaid_order()
    number = order.number
    page = clerk.get(url("detail", number))
    assert page.status_code == 200
    assert "Đã nhận tiền</button>" not in page.content.decode()
    money = receive(a_sum(order, 1))
    for address in (
        url("received", number),
        url("extend", number),
        url("send-link", number),
        url("refund", number),
        url("resolve", money.pk),
        url("account"),
    ):
        assert clerk.post(address, {"what": "aside", "note": "x"}).status_code == 403
    assert Order.objects.get().status == "pending-payment"
    assert MoneyReceived.objects.get().state == MoneyReceived.State.QUEUED


def test_marking_money_confirms_the_order_and_names_who_did_it(accountant: Client) -> None:
    order = a_prepaid_order()
    refused = accountant.post(url("received", order.number), {"note": ""})
    assert "Hãy ghi đã thấy tiền ở đâu" in refused.content.decode()
    for _twice in range(2):
        accountant.post(url("received", order.number), {"note": "sao kê 24/11"})
    assert Order.objects.get().status == "placed"
    assert MoneyReceived.objects.count() == 1
    page = accountant.get(url("detail", order.number)).content.decode()
    assert "ke-toan@example.com" in page


def test_same_refund_form_sent_twice_is_one_refund(accountant: Client) -> None:
    order = a_prepaid_order(quantity=2)
    receive(a_sum(order))
    page = accountant.get(url("detail", order.number))
    line = order.lines.get()
    form = {
        "key": page.context["refund_form"]["key"].value(),
        "reason": "Hỏng khi giao",
        f"quantity_{line.pk}": "1",
    }
    for _twice in range(2):
        assert accountant.post(url("refund", order.number), form).status_code == 302
    refund = Refund.objects.get()
    assert (refund.amount, refund.lines.get().quantity) == (100_000, 1)
    assert what_is_wrong() == []


def test_refund_of_too_much_keeps_what_was_typed(accountant: Client) -> None:
    order = a_prepaid_order()
    receive(a_sum(order))
    answer = accountant.post(
        url("refund", order.number), {"key": "k", "amount": "999999999", "reason": "Hỏng"}
    )
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "Chỉ còn hoàn được" in body
    assert "999999999" in body


def test_refund_by_own_transfer_is_done_when_staff_say_so(
    accountant: Client, monkeypatch: Any
) -> None:
    monkeypatch.setattr("tests.shop.payment.paying.Prepaid.refunds_itself", False)
    order = a_prepaid_order()
    receive(a_sum(order))
    accountant.post(url("refund", order.number), {"key": "k", "amount": "5000", "reason": "Hỏng"})
    refund = Refund.objects.get()
    assert "Mã giao dịch chuyển lại" in accountant.get(url("refunds")).content.decode()
    accountant.post(url("refund-sent", refund.pk), {"reference": ""})
    assert Payment.objects.get().refunded == 0
    accountant.post(url("refund-sent", refund.pk), {"reference": "FT99"})
    assert Payment.objects.get().refunded == 5000


def test_one_click_settles_a_sum_of_the_queue(accountant: Client) -> None:
    order = a_prepaid_order()
    money = receive(a_sum(order, note="khong co ma"))
    assert "Không thấy mã đơn" in accountant.get(url("queue")).content.decode()
    wrong = accountant.post(
        url("resolve", money.pk), {"what": "accept", "number": "PCKHONGCO"}, follow=True
    )
    assert "Không có đơn mang mã này" in wrong.content.decode()
    accountant.post(url("resolve", money.pk), {"what": "accept", "number": order.number.lower()})
    assert Order.objects.get().status == "placed"


def test_link_is_sent_again_to_the_buyer(accountant: Client) -> None:
    order = a_prepaid_order(email="hoa@example.com")
    accountant.post(url("send-link", order.number))
    letter = order.letters.get(event_code="PAYMENT_DUE")
    assert order.access_key in letter.text
    assert order.payment.events.get().kind == "link-sent"


def test_message_that_failed_can_be_tried_again(accountant: Client, settings: Any) -> None:
    message = store_message("nobody", "1", b"{}")
    accountant.post(url("message-again", message.pk))
    message.refresh_from_db()
    assert (message.attempts, "KeyError" in message.last_error) == (1, True)


def test_new_account_takes_the_place_of_the_old(accountant: Client) -> None:
    form = {"bank_bin": "970436", "number": "0123499999", "holder": "HTX LUC NAM"}
    assert (
        "sáu chữ số"
        in accountant.post(url("account"), {**form, "bank_bin": "VCB"}).content.decode()
    )
    accountant.post(url("account"), form)
    accountant.post(url("account"), {**form, "number": "0999"})
    assert [a.number for a in BankAccount.objects.filter(is_active=True)] == ["0999"]


def test_list_costs_the_same_however_many_payments(
    accountant: Client, django_assert_max_num_queries: Any
) -> None:
    goods = a_product(stock=50)
    for _order in range(2):
        an_order(goods)
    accountant.get(url("index"))
    with django_assert_max_num_queries(14):
        accountant.get(url("index"))
    for _order in range(5):
        an_order(goods)
    with django_assert_max_num_queries(14):
        accountant.get(url("index"))

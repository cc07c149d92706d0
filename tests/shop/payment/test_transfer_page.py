"""Paying by transfer: the page tells all that a bank asks, and the truth about the money."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shop.order.cancelling import cancel_order
from shop.order.models import Order
from shop.payment.methods.vietqr.method import instructions_for
from shop.payment.models import BankAccount, Payment
from shop.payment.receiving import receive
from shop.payment.refunding import ask_refund, send_waiting_refunds
from shop.payment.vietqr import decode
from tests.factories import a_product, an_order, zone_rates
from tests.shop.buying import a_guest_with, buy, look
from tests.shop.payment.paying import a_sum

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> BankAccount:
    return BankAccount.objects.create(
        bank_bin="970436", number="0123499999", holder="HTX LUC NAM", is_active=True
    )


def page_of(order: Order, name: str = "transfer") -> str:
    return reverse(f"vietqr:{name}", args=[order.number])


def a_guest_of(order: Order) -> Client:
    guest = Client()
    guest.get(order.get_absolute_url())
    return guest


def test_transfer_is_not_offered_before_there_is_an_account() -> None:
    zone_rates()
    body = look(a_guest_with(a_product())).content.decode()
    assert "VietQR" not in body
    BankAccount.objects.create(bank_bin="970436", number="1", holder="HTX", is_active=True)
    assert "VietQR" in look(a_guest_with(a_product())).content.decode()


@pytest.mark.usefixtures("account")
def test_buyer_comes_from_checkout_to_the_code() -> None:
    zone_rates()
    guest = a_guest_with(a_product(price=100_000))
    answer = buy(guest, payment="vietqr")
    order = Order.objects.get()
    assert answer.url == page_of(order)
    body = guest.get(answer.url).content.decode()
    for words in ("Vietcombank", "0123499999", "HTX LUC NAM", order.number, "<svg", "Giữ nguyên"):
        assert words in body


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    ("email", "told", "not_told"),
    [
        ("hoa@example.vn", "thư xác nhận sẽ gửi qua email", "hãy lưu"),
        ("", "hãy lưu <a", "thư xác nhận"),
    ],
)
def test_a_letter_is_promised_only_to_who_left_an_address(
    email: str, told: str, not_told: str
) -> None:
    order = an_order(a_product(), payment="vietqr", email=email)
    body = a_guest_of(order).get(page_of(order)).content.decode()
    assert told in body
    assert not_told not in body


@pytest.mark.usefixtures("account")
def test_code_asks_for_this_order_to_the_dong() -> None:
    order = an_order(a_product(price=100_000), payment="vietqr")
    transfer = decode(instructions_for(order.payment)["payload"])
    assert (transfer.bank_bin, transfer.account) == ("970436", "0123499999")
    assert (transfer.amount, transfer.note) == (int(order.total_incl_tax), order.number)
    assert transfer.one_time


def test_order_is_paid_where_its_page_said(account: BankAccount) -> None:
    order = an_order(a_product(), payment="vietqr")
    account.is_active = False
    account.save()
    BankAccount.objects.create(bank_bin="970422", number="999", holder="KHAC", is_active=True)
    assert "0123499999" in a_guest_of(order).get(page_of(order)).content.decode()


@pytest.mark.usefixtures("account")
def test_number_alone_opens_no_transfer_page() -> None:
    order = an_order(a_product(), payment="vietqr")
    for name in ("transfer", "state"):
        assert Client().get(page_of(order, name)).status_code == 404
    assert Client().post(page_of(order, "claimed")).status_code == 404


@pytest.mark.usefixtures("account")
def test_buyers_word_is_kept_and_believed_by_nobody() -> None:
    order = an_order(a_product(), payment="vietqr")
    guest = a_guest_of(order)
    body = guest.post(page_of(order, "claimed"), follow=True).content.decode()
    assert "Đang tìm tiền của bạn" in body
    assert Order.objects.get().status == "pending-payment"


@pytest.mark.usefixtures("account")
def test_who_waits_long_for_the_money_is_led_to_where_the_shop_is_asked() -> None:
    order = an_order(a_product(), payment="vietqr")
    guest = a_guest_of(order)
    body = guest.post(page_of(order, "claimed"), follow=True).content.decode()
    question = reverse("order:detail", args=[order.number])
    assert f'<a href="{question}#ask-shop">hỏi cửa hàng</a>' in body
    assert 'id="ask-shop"' in guest.get(question).content.decode()


@pytest.mark.usefixtures("account")
def test_page_goes_on_by_itself_once_the_money_is_there() -> None:
    order = an_order(a_product(), payment="vietqr")
    guest = a_guest_of(order)
    waiting = guest.get(page_of(order, "state") + "?n=3")
    assert "n=4" in waiting.content.decode()
    receive(a_sum(order))
    thanks = reverse("order:thanks", args=[order.number])
    assert guest.get(page_of(order, "state")).headers["HX-Redirect"] == thanks
    assert guest.get(page_of(order)).url == thanks
    assert "Đã trả tiền" in guest.get(thanks).content.decode()


@pytest.mark.usefixtures("account")
def test_page_of_a_released_order_tells_the_truth() -> None:
    order = an_order(a_product(), payment="vietqr")
    guest = a_guest_of(order)
    cancel_order(order)
    detail = reverse("order:detail", args=[order.number])
    assert guest.get(page_of(order, "state")).headers["HX-Redirect"] == detail
    assert "Đặt lại những món này" in guest.get(detail).content.decode()


@pytest.mark.usefixtures("account")
def test_page_asks_ever_more_slowly_and_ends() -> None:
    order = an_order(a_product(), payment="vietqr")
    guest = a_guest_of(order)
    assert "delay:3s" in guest.get(page_of(order, "state") + "?n=1").content.decode()
    assert "delay:8s" in guest.get(page_of(order, "state") + "?n=100").content.decode()
    last = guest.get(page_of(order, "state") + "?n=99999999999").content.decode()
    assert "data-hx-get" not in last
    for nonsense in ("x", "-1", "²"):
        assert guest.get(page_of(order, "state"), {"n": nonsense}).status_code == 200


@pytest.mark.usefixtures("account")
def test_transfer_is_given_back_by_hand() -> None:
    order = an_order(a_product(), payment="vietqr")
    receive(a_sum(order))
    ask_refund(order.payment, reason="Hỏng", amount=order.total_incl_tax)
    assert send_waiting_refunds() == 0
    assert Payment.objects.get().refunds.get().state == "asked"


@pytest.mark.usefixtures("account")
def test_page_costs_few_queries(django_assert_max_num_queries: Any) -> None:
    order = an_order(a_product(), payment="vietqr")
    guest = a_guest_of(order)
    guest.get(page_of(order))
    with django_assert_max_num_queries(9):
        guest.get(page_of(order))

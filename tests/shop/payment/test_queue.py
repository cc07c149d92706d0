"""Money in the queue leaves it by a person's word, once, and the books close."""

from collections.abc import Iterator

import pytest

from shop.order.cancelling import cancel_order
from shop.order.models import Order
from shop.payment.books import what_is_wrong
from shop.payment.models import MoneyReceived, Payment
from shop.payment.queue import CannotResolve, accept, give_back, set_aside, waiting
from shop.payment.receiving import receive
from tests.factories import a_staff_member
from tests.shop.payment.paying import a_prepaid_order, a_sum

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("prepaid")]


@pytest.fixture(autouse=True)
def _books_close() -> Iterator[None]:
    yield
    assert what_is_wrong() == []


def test_two_halves_are_taken_together() -> None:
    order = a_prepaid_order()
    half = order.payment.due // 2
    first = receive(a_sum(order, half, reference="A"))
    with pytest.raises(CannotResolve, match="Còn thiếu"):
        accept(first, by=a_staff_member())
    receive(a_sum(order, order.payment.due - half, reference="B"))
    accept(first, by=a_staff_member())
    assert not waiting().exists()
    assert Order.objects.get().status == "placed"
    assert Payment.objects.get().received == order.total_incl_tax


def test_little_less_may_be_enough_when_staff_say_so() -> None:
    order = a_prepaid_order()
    money = receive(a_sum(order, order.payment.due - 1_000))
    staff = a_staff_member()
    accept(money, by=staff, as_is=True)
    accept(money, by=staff, as_is=True)
    assert Order.objects.get().status == "placed"
    assert Payment.objects.get().received == order.total_incl_tax - 1_000
    assert "cửa hàng chịu" in order.payment.events.get(kind="received").words


def test_excess_is_promised_back() -> None:
    order = a_prepaid_order()
    money = receive(a_sum(order, order.payment.due + 50_000))
    accept(money, by=a_staff_member())
    assert Order.objects.get().status == "placed"
    assert Payment.objects.get().refunds.get().amount == 50_000


def test_transfer_without_a_number_is_given_its_order() -> None:
    order = a_prepaid_order()
    money = receive(a_sum(order, note="mua mat ong"))
    with pytest.raises(CannotResolve, match="Hãy chọn đơn"):
        accept(money, by=a_staff_member())
    accept(money, by=a_staff_member(), order=order)
    assert Order.objects.get().status == "placed"


def test_late_money_cannot_revive_an_order_only_go_back() -> None:
    order = a_prepaid_order()
    incoming = a_sum(order)
    cancel_order(order)
    money = receive(incoming)
    with pytest.raises(CannotResolve, match="không còn chờ tiền"):
        accept(money, by=a_staff_member())
    with pytest.raises(CannotResolve, match="mã giao dịch"):
        give_back(money, by=a_staff_member(), reference=" ")
    staff = a_staff_member()
    give_back(money, by=staff, reference="FT9")
    assert give_back(money, by=staff, reference="FT9").resolution == "Trả lại: FT9"
    assert not waiting().exists()


def test_interest_is_set_aside() -> None:
    order = a_prepaid_order()
    money = receive(a_sum(order, 12_345, note="lai tien gui"))
    set_aside(money, by=a_staff_member(), note="Lãi ngân hàng")
    with pytest.raises(CannotResolve, match="đã xử lý"):
        give_back(money, by=a_staff_member(), reference="FT9")
    assert MoneyReceived.objects.get().state == MoneyReceived.State.NOT_OURS


def test_foreign_money_is_never_applied() -> None:
    order = a_prepaid_order()
    money = receive(a_sum(order, currency="USD"))
    with pytest.raises(CannotResolve, match="tiền đồng"):
        accept(money, by=a_staff_member())

"""Cash on delivery with a parcel that came back: nobody paid for it, nothing is owed or given."""

import pytest
from django.test import Client
from django.utils import timezone

from shop.order.fulfilment import hand_over, mark_delivered
from shop.order.models import Order, Parcel
from shop.order.refusing import refuse_delivery
from shop.payment.books import what_is_wrong
from shop.payment.cash import cash_parts, to_collect
from shop.payment.models import Payment, RefundLine
from shop.payment.receiving import mark_received, receive
from shop.payment.refunding import CannotRefund, LineToRefund, ask_refund, refundable_quantity
from shop.payment.staff.forms import RefundForm
from shop.staff import ACCOUNTS, ensure_staff_group
from tests.factories import a_product, a_staff_member, an_order, in_group, signed_in
from tests.shop.payment.paying import a_prepaid_order, a_sum

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    """Two parcels are on their way; the second, 90.000 ₫ of goods, is refused at the door."""
    order = an_order({a_product("Mật", price=45_000): 1, a_product("Khoai", price=90_000): 1})
    _first, second = (hand_over(parcel, "VNPost") for parcel in order.parcels.all())
    refuse_delivery(second)
    return Order.objects.get(pk=order.pk)


def test_goods_that_nobody_paid_for_are_not_given_back(order: Order) -> None:
    first, second = order.parcels.all()
    mark_delivered(first)
    payment = Payment.objects.get()
    line = second.lines.get()
    assert refundable_quantity(line) == 0
    assert refundable_quantity(first.lines.get()) == 1
    with pytest.raises(CannotRefund):
        ask_refund(payment, reason="Bị trả", lines=[LineToRefund(line, 1, restock=True)])
    assert not RefundForm(payment=payment).fields.keys() & {f"quantity_{line.pk}"}
    assert what_is_wrong() == []


def test_the_books_notice_what_was_given_back_unpaid(order: Order) -> None:
    first, second = order.parcels.all()
    mark_delivered(first)
    refund = ask_refund(Payment.objects.get(), reason="Nhầm", amount=first.charge)
    RefundLine.objects.create(refund=refund, line=second.lines.get(), quantity=1, amount=90_000)
    assert any("never paid" in fault for fault in what_is_wrong())


def test_less_is_due_once_a_parcel_is_back(order: Order) -> None:
    first, second = order.parcels.all()
    parts = cash_parts(order)
    payment = Payment.objects.get()
    assert second.uncollected == parts[second.pk]
    assert payment.due == payment.outstanding == parts[first.pk] == to_collect(first)
    assert to_collect(second) == 0
    mark_received(payment, by=None, note="VCB")
    payment.refresh_from_db()
    assert (payment.state, payment.received) == (Payment.State.PAID, parts[first.pk])
    assert what_is_wrong() == []


def test_staff_read_why_less_came_than_the_order_cost(order: Order) -> None:
    ensure_staff_group()
    accountant: Client = signed_in(in_group(a_staff_member(), ACCOUNTS))
    for parcel in order.parcels.all():
        if parcel.status == "shipped":
            mark_delivered(parcel)
    payment = Payment.objects.get()
    page = accountant.get(f"/quan-ly/tien/don/{order.number}/").content.decode()
    assert "Kiện trả lại, chưa thu tiền" in page
    assert payment.payable == payment.received
    shown = f"{int(payment.payable):,}".replace(",", ".")
    assert shown in accountant.get("/quan-ly/tien/").content.decode()


def test_what_was_paid_beforehand_can_be_given_back(prepaid: None) -> None:
    order = a_prepaid_order()
    receive(a_sum(order))
    refuse_delivery(hand_over(Parcel.objects.get(), "VNPost"))
    parcel = Parcel.objects.get()
    assert parcel.uncollected == 0
    assert refundable_quantity(parcel.lines.get()) == 1
    assert timezone.localdate(parcel.returned_at) == timezone.localdate()

"""What the shop decides: money by the payment core, whose loss it is, goods anew, or no."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.utils.translation import override

from shop.communication.models import Letter
from shop.order.fulfilment import hand_over, mark_delivered
from shop.order.models import Order, Parcel
from shop.partner.models import StockRecord
from shop.payment.models import Payment, Refund
from shop.payment.refunding import fail_refund, finish_refund
from shop.returns.deciding import agree, proposal_of, proposed_extra, refund_again, refuse
from shop.returns.errors import CannotDecide
from shop.returns.models import ReturnRequest
from shop.settlements.models import Entry
from shop.settlements.statements import owed_now
from tests.factories import a_basket_with, a_producer, a_product, a_staff_member, an_order
from tests.shop.returns.making import (
    a_paid_order,
    a_report,
    all_faults,
    an_arrived_order,
    late,
    yes,
)
from tests.shop.vouchers import a_voucher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _books_close() -> Iterator[None]:
    yield
    assert all_faults() == []


def paid_back(asked: ReturnRequest) -> Refund:
    asked.refresh_from_db()
    assert asked.refund is not None
    return finish_refund(asked.refund, "FT1")


def test_money_is_promised_once_and_the_buyer_is_told() -> None:
    order = an_arrived_order(quantity=3)
    asked = a_report(order.parcels.get())
    staff = a_staff_member()
    agree(asked, yes(asked), by=staff)
    agree(asked, yes(asked), by=staff)
    refund = Refund.objects.get()
    assert (int(refund.amount), refund.payment.order) == (100_000, order)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by, asked.lines.get().agreed) == ("agreed", staff, 1)
    assert Letter.objects.filter(event_code="RETURN_APPROVED").count() == 1
    paid_back(asked)
    assert Letter.objects.filter(event_code="ORDER_REFUNDED").count() == 1
    assert Payment.objects.get().state == "partly-refunded"


def test_a_line_gives_back_its_share_of_the_discount() -> None:
    product = a_product(price=100_000, stock=10)
    basket = a_basket_with(product, 3)
    basket.vouchers.add(a_voucher("CHAO10", percent=10))
    order = an_arrived_order(product, 3, basket=basket)
    asked = a_report(order.parcels.get(), {order.lines.get(): 2})
    agree(asked, yes(asked), by=None)
    assert Refund.objects.get().amount == 180_000


def test_part_may_be_agreed_to() -> None:
    order = an_arrived_order(quantity=3)
    asked = a_report(order.parcels.get(), {order.lines.get(): 3})
    row = asked.lines.get()
    agree(asked, yes(asked, agreed={row.pk: 1}), by=None)
    assert Refund.objects.get().amount == 100_000


def test_more_than_was_reported_is_not_agreed_to() -> None:
    order = an_arrived_order(quantity=3)
    asked = a_report(order.parcels.get())
    with pytest.raises(CannotDecide, match="người mua báo 1"):
        agree(asked, yes(asked, agreed={asked.lines.get().pk: 2}), by=None)


def test_delivery_goes_back_by_share_where_the_fault_is_ours() -> None:
    order = an_arrived_order(quantity=2)
    parcel = order.parcels.get()
    broken = a_report(parcel, {order.lines.get(): 1})
    assert proposed_extra(broken) == (parcel.charge / 2).quantize(Decimal(1))
    refuse(broken, "x", by=None)
    assert proposed_extra(a_report(parcel, reason="changed-mind")) == 0


def test_never_more_than_was_paid() -> None:
    order = an_arrived_order(quantity=1)
    asked = a_report(order.parcels.get())
    with pytest.raises(CannotDecide, match="Chỉ còn hoàn được"):
        agree(asked, yes(asked, extra=Decimal(order.payment.received)), by=None)
    asked.refresh_from_db()
    assert asked.is_open


def test_producer_bears_goods_and_delivery_when_it_is_at_fault() -> None:
    maker = a_producer(shop_share=Decimal("0.1"))
    order = an_arrived_order(a_product(price=100_000, producer=maker), 2)
    before = owed_now(maker)
    asked = a_report(order.parcels.get())
    agree(asked, yes(asked, extra=Decimal(10_000)), by=None)
    paid_back(asked)
    # The goods less the shop's share, and the delivery that was given back.
    assert owed_now(maker) == before - 90_000 - 10_000
    assert Entry.objects.get(kind="extra_back").amount == -10_000


def test_producer_loses_nothing_when_the_shop_bears_it() -> None:
    maker = a_producer(shop_share=Decimal("0.1"))
    order = an_arrived_order(a_product(price=100_000, producer=maker), 2)
    before = owed_now(maker)
    asked = a_report(order.parcels.get())
    agree(asked, yes(asked, extra=Decimal(10_000), borne_by="shop"), by=None)
    paid_back(asked)
    assert owed_now(maker) == before
    assert Entry.objects.get(kind="borne").amount == 90_000


def test_a_parcel_that_never_came_is_paid_back_and_never_supplied() -> None:
    maker = a_producer(shop_share=Decimal("0.1"))
    order = a_paid_order(a_product(price=100_000, producer=maker), 2)
    parcel = late(hand_over(order.parcels.get(), "Bưu điện"))
    asked = a_report(parcel, {order.lines.get(): 2}, reason="never-came")
    agree(asked, yes(asked, extra=proposed_extra(asked)), by=None)
    paid_back(asked)
    order.refresh_from_db()
    assert order.payment.refunded == order.payment.received
    # Found after all: nothing is supplied any more.
    mark_delivered(parcel)
    assert not Entry.objects.filter(kind="supplied").exists()


def test_amends_without_goods_are_a_sum() -> None:
    order = an_arrived_order(quantity=2)
    asked = a_report(order.parcels.get())
    agree(asked, yes(asked, agreed={}, extra=Decimal(30_000)), by=None)
    paid_back(asked)
    refund = Refund.objects.get()
    assert (int(refund.amount), refund.lines.count()) == (30_000, 0)


def test_cash_paid_at_the_door_goes_back_through_the_core_too() -> None:
    order = an_order(a_product(price=100_000), 2, email="hoa@example.com")
    parcel = mark_delivered(hand_over(order.parcels.get(), "Bưu điện"))
    asked = a_report(parcel)
    agree(asked, yes(asked), by=None)
    refund = paid_back(asked)
    assert (refund.payment.method, int(refund.amount)) == ("cod", 100_000)


def test_nothing_is_given_back_of_what_was_not_paid() -> None:
    order = an_order(a_product(price=100_000), 2)
    parcel = late(hand_over(order.parcels.get(), "Bưu điện"))
    asked = a_report(parcel, reason="never-came")
    with pytest.raises(CannotDecide, match="Chỉ còn hoàn được 0"):
        agree(asked, yes(asked), by=None)


def test_no_is_said_with_words_and_once() -> None:
    asked = a_report(an_arrived_order().parcels.get())
    refuse(asked, "Ảnh cho thấy hàng nguyên vẹn.", by=None)
    refuse(asked, "Lần hai", by=None)
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("refused", "Ảnh cho thấy hàng nguyên vẹn.")
    letter = Letter.objects.get(event_code="RETURN_REFUSED")
    assert "nguyên vẹn" in letter.text
    with pytest.raises(CannotDecide):
        agree(asked, yes(asked), by=None)


def test_a_promise_that_failed_is_made_again_once() -> None:
    asked = a_report(an_arrived_order().parcels.get())
    agree(asked, yes(asked, extra=Decimal(5_000)), by=None)
    asked.refresh_from_db()
    assert asked.refund is not None
    fail_refund(asked.refund, "sai tài khoản")
    refund_again(asked, by=None)
    refund_again(asked, by=None)
    again = ReturnRequest.objects.get().refund
    assert again is not None
    assert (again.state, int(again.amount), Refund.objects.count()) == ("asked", 105_000, 2)


def test_only_telling_moves_nothing() -> None:
    asked = a_report(an_arrived_order().parcels.get(), wish="tell")
    agree(asked, yes(asked, outcome="tell", agreed={}), by=None)
    assert not Refund.objects.exists()


@pytest.mark.parametrize(("bearer", "owed_more"), [("producer", 0), ("shop", 90_000)])
def test_goods_are_sent_anew_in_a_parcel_of_their_own(bearer: str, owed_more: int) -> None:
    maker = a_producer(shop_share=Decimal("0.1"))
    order = an_arrived_order(a_product(price=100_000, stock=10, producer=maker), 2)
    before, total = owed_now(maker), order.total_incl_tax
    asked = a_report(order.parcels.get(), wish="replace")
    agree(asked, yes(asked, outcome="replace", borne_by=bearer), by=None)
    agree(asked, yes(asked, outcome="replace", borne_by=bearer), by=None)
    anew = Parcel.objects.get(order=order, position=2)
    order.refresh_from_db()
    assert (order.status, int(anew.charge), anew.lines.get().quantity) == ("packing", 0, 1)
    stock = StockRecord.objects.get()
    assert (stock.num_in_stock, stock.num_allocated) == (8, 1)
    mark_delivered(hand_over(anew, "Bưu điện"))
    order = Order.objects.get(pk=order.pk)
    assert (order.status, order.total_incl_tax) == ("completed", total)
    assert owed_now(maker) == before + owed_more


def test_nothing_is_sent_anew_that_is_not_there() -> None:
    order = an_arrived_order(a_product(price=100_000, stock=2), 2)
    asked = a_report(order.parcels.get(), wish="replace")
    with pytest.raises(CannotDecide, match="Kho không còn đủ"):
        agree(asked, yes(asked, outcome="replace"), by=None)
    assert order.parcels.count() == 1


def test_the_buyer_reads_the_reason_in_the_language_of_the_order() -> None:
    order = an_arrived_order(quantity=1)
    Order.objects.filter(pk=order.pk).update(language="en")
    asked = a_report(order.parcels.get())
    agree(asked, yes(asked), by=a_staff_member())
    refund = Refund.objects.get()
    with override("en"):
        assert refund.reason == f"{asked.get_reason_display()}, parcel 1"
    assert "kiện" not in refund.reason


def test_staff_read_what_agreeing_to_everything_gives_back() -> None:
    asked = a_report(an_arrived_order(quantity=2).parcels.get())

    proposal = proposal_of(asked, list(asked.lines.select_related("line")))

    fee = asked.parcel.charge / 2
    assert (proposal.extra, proposal.total) == (fee, 100_000 + fee)

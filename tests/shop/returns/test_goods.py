"""Goods that came back: what is sound is sold again from its lot, the rest is written off."""

from collections.abc import Iterator
from typing import Any

import pytest

from shop.order.lots import left_in, recall
from shop.partner.models import StockRecord
from shop.returns.deciding import agree
from shop.returns.errors import NotPossible
from shop.returns.goods import Back, goods_came
from shop.returns.models import ReturnRequest
from tests.factories import a_lot, a_product
from tests.shop.returns.making import a_report, all_faults, an_arrived_order, yes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _books_close() -> Iterator[None]:
    yield
    assert all_faults() == []


def an_awaited(reason: str = "wrong", quantity: int = 2, **facts: Any) -> ReturnRequest:
    product = a_product("Mật ong", stock=10, **facts)
    a_lot(product, quantity=20)
    order = an_arrived_order(product, 3)
    asked = a_report(order.parcels.get(), {order.lines.get(): quantity}, reason=reason)
    return agree(asked, yes(asked, goods_come_back=True), by=None)


def test_sound_goods_go_back_to_stock_and_lot_once() -> None:
    asked = an_awaited()
    row = asked.lines.get()
    lot = row.line.lot
    assert lot is not None
    assert (StockRecord.objects.get().num_in_stock, left_in(lot)) == (7, 17)
    goods_came(asked, {row.pk: Back(1)}, by=None)
    goods_came(asked, {row.pk: Back(2)}, by=None)
    row.refresh_from_db()
    assert (row.restocked, row.written_off, row.lot) == (1, 1, lot)
    assert (StockRecord.objects.get().num_in_stock, left_in(lot)) == (8, 18)


def test_the_whole_line_back_says_so() -> None:
    asked = an_awaited(quantity=3)
    row = asked.lines.get()
    goods_came(asked, {}, by=None)
    row.line.refresh_from_db()
    row.refresh_from_db()
    assert (row.line.status, row.written_off) == ("returned", 3)
    assert StockRecord.objects.get().num_in_stock == 7


@pytest.mark.parametrize("reason", ["broken", "spoiled"])
def test_what_is_spoilt_is_not_sold_again(reason: str) -> None:
    asked = an_awaited(reason=reason)
    with pytest.raises(NotPossible, match="chỉ bỏ đi"):
        goods_came(asked, {asked.lines.get().pk: Back(1)}, by=None)


def test_perishables_are_not_sold_again() -> None:
    asked = an_awaited(freight_class="chilled")
    with pytest.raises(NotPossible, match="chỉ bỏ đi"):
        goods_came(asked, {asked.lines.get().pk: Back(1)}, by=None)


def test_nothing_goes_back_into_a_recalled_lot() -> None:
    asked = an_awaited()
    row = asked.lines.get()
    assert row.line.lot is not None
    recall(row.line.lot, "Nhiễm khuẩn")
    with pytest.raises(NotPossible, match="thu hồi"):
        goods_came(asked, {row.pk: Back(1)}, by=None)


def test_more_than_was_agreed_to_does_not_come_back() -> None:
    asked = an_awaited()
    with pytest.raises(NotPossible):
        goods_came(asked, {asked.lines.get().pk: Back(3)}, by=None)


def test_goods_that_nobody_awaits_are_refused() -> None:
    asked = a_report(an_arrived_order().parcels.get())
    with pytest.raises(NotPossible):
        goods_came(asked, {}, by=None)

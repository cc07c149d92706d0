"""What a buyer may report: delivered goods, in time, never more than was bought, once a line."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from shop.communication.models import Letter
from shop.order.fulfilment import hand_over
from shop.order.lots import recall
from shop.producers.models import Notice
from shop.returns.asking import add_to, report, withdraw
from shop.returns.deciding import agree, ask_for_more, refuse
from shop.returns.errors import CannotReport
from shop.returns.models import ReturnRequest
from shop.returns.rules import kind_of, returnable_quantity
from tests.factories import (
    a_buyer,
    a_gift_box,
    a_lot,
    a_producer,
    a_product,
    a_spirit,
    a_staff_member,
    a_user,
    an_upload,
)
from tests.shop.returns.making import a_paid_order, a_report, an_arrived_order, late, yes

pytestmark = pytest.mark.django_db


def test_a_report_is_kept_and_both_sides_are_told() -> None:
    maker = a_user("chu@example.vn")
    product = a_product(price=100_000, producer=a_producer(members=[maker]))
    order = an_arrived_order(product)
    parcel = order.parcels.get()
    asked = a_report(parcel, photos=[an_upload(), an_upload("hai.png")])
    assert (asked.state, asked.photos.count(), asked.lines.get().quantity) == ("new", 2, 1)
    assert Notice.objects.filter(user=maker, words__contains=str(parcel)).exists()
    letter = Letter.objects.get(event_code="RETURN_RECEIVED")
    assert letter.to == "hoa@example.com"
    assert order.number in letter.text


def test_the_same_form_twice_is_one_request() -> None:
    parcel = an_arrived_order().parcels.get()
    first = a_report(parcel, key="k")
    assert a_report(parcel, key="k") == first
    assert ReturnRequest.objects.count() == 1


def test_a_form_of_another_order_is_refused() -> None:
    a_report(an_arrived_order().parcels.get(), key="k")
    with pytest.raises(CannotReport):
        a_report(an_arrived_order().parcels.get(), key="k")


def test_one_open_request_a_line() -> None:
    parcel = an_arrived_order().parcels.get()
    asked = a_report(parcel)
    with pytest.raises(CannotReport, match="chờ trả lời"):
        a_report(parcel)
    withdraw(asked)
    withdraw(asked)
    assert a_report(parcel).is_open


def test_never_more_than_was_bought_less_what_came_back_before() -> None:
    parcel = an_arrived_order(quantity=3).parcels.get()
    line = parcel.lines.get()
    asked = a_report(parcel, {line: 2})
    agree(asked, yes(asked), by=None)
    assert returnable_quantity(line) == 1
    with pytest.raises(CannotReport, match="chỉ còn báo được 1"):
        a_report(parcel, {line: 2})
    a_report(parcel, {line: 1})


@pytest.mark.parametrize("quantity", [0, -1, 4])
def test_nonsense_quantities_are_refused(quantity: int) -> None:
    parcel = an_arrived_order(quantity=3).parcels.get()
    with pytest.raises(CannotReport):
        a_report(parcel, {parcel.lines.get(): quantity})


def test_a_line_of_another_parcel_is_refused() -> None:
    mine, other = an_arrived_order().parcels.get(), an_arrived_order().parcels.get()
    with pytest.raises(CannotReport, match="không nằm trong kiện"):
        a_report(mine, {other.lines.get(): 1})


def test_what_is_not_there_yet_cannot_be_broken_but_may_never_come() -> None:
    order = a_paid_order()
    parcel = order.parcels.get()
    with pytest.raises(CannotReport):
        a_report(parcel)
    hand_over(parcel, "Bưu điện")
    parcel.refresh_from_db()
    with pytest.raises(CannotReport):
        a_report(parcel)
    with pytest.raises(CannotReport, match="dự kiến giao đến"):
        a_report(parcel, reason="never-came")
    assert a_report(late(parcel), reason="never-came").is_open


def test_what_the_carrier_calls_delivered_may_not_have_come() -> None:
    assert a_report(an_arrived_order().parcels.get(), reason="never-came").is_open


@pytest.mark.parametrize(("hours", "in_time"), [(47, True), (49, False)])
def test_chilled_goods_are_reported_within_two_days(hours: int, in_time: bool) -> None:
    nem = a_product("Nem chua", freight_class="chilled")
    parcel = an_arrived_order(nem).parcels.get()
    with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
        if in_time:
            assert a_report(parcel, reason="spoiled").is_open
        else:
            with pytest.raises(CannotReport, match="chỉ báo được đến"):
                a_report(parcel, reason="spoiled")


@pytest.mark.parametrize(("days", "in_time"), [(6, True), (8, False)])
def test_other_goods_within_a_week(days: int, in_time: bool) -> None:
    parcel = an_arrived_order().parcels.get()
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        if in_time:
            assert a_report(parcel, reason="changed-mind").is_open
        else:
            with pytest.raises(CannotReport):
                a_report(parcel, reason="changed-mind")


def test_perishables_and_alcohol_are_not_returned_for_a_changed_mind() -> None:
    fresh = a_product("Bánh mật", shelf_life_days=5)
    parcel = an_arrived_order(fresh).parcels.get()
    with pytest.raises(CannotReport, match="không trả vì đổi ý"):
        a_report(parcel, reason="changed-mind")
    buyer = a_buyer()
    spirit = an_arrived_order(a_spirit(), buyer=buyer, is_adult=True).parcels.get()
    assert kind_of(spirit.lines.get()) == "alcohol"
    with pytest.raises(CannotReport, match="không trả vì đổi ý"):
        a_report(spirit, reason="changed-mind")


def test_a_recalled_lot_comes_back_at_any_time() -> None:
    product = a_product(stock=20)
    lot = a_lot(product, quantity=50)
    parcel = an_arrived_order(product).parcels.get()
    with pytest.raises(CannotReport, match="không bị thu hồi"):
        a_report(parcel, reason="recalled")
    recall(lot, "Nghi nhiễm khuẩn")
    with time_machine.travel(timezone.now() + timedelta(days=200), tick=False):
        assert a_report(parcel, reason="recalled").is_open


def test_things_in_a_gift_box_are_reported_by_thing_and_wrapping_is_not() -> None:
    tea, honey = a_product("Trà"), a_product("Mật ong")
    box = a_gift_box(of={tea: 1, honey: 2}, price=300_000)
    parcel = an_arrived_order(box, quantity=2).parcels.get()
    wrapping = parcel.lines.filter(is_wrapping=True).first()
    if wrapping is not None:
        with pytest.raises(CannotReport):
            a_report(parcel, {wrapping: 1})
    line = parcel.lines.get(product=honey)
    assert a_report(parcel, {line: 3}).lines.get().quantity == 3


def test_seven_photographs_are_too_many() -> None:
    parcel = an_arrived_order().parcels.get()
    with pytest.raises(CannotReport, match="6 ảnh"):
        a_report(parcel, photos=[an_upload() for _n in range(7)])
    assert not ReturnRequest.objects.exists()


def test_a_question_goes_back_to_the_shop_once_answered() -> None:
    asked = a_report(an_arrived_order().parcels.get())
    ask_for_more(asked, "Bạn chụp giúp tem lô?", by=a_staff_member())
    asked.refresh_from_db()
    assert asked.state == "asked"
    assert Letter.objects.filter(event_code="ORDER_ANSWER").count() == 1
    add_to(asked, "Đây ạ", [an_upload()])
    asked.refresh_from_db()
    assert (asked.state, asked.photos.count()) == ("new", 1)
    refuse(asked, "Quá hạn", by=None)
    with pytest.raises(CannotReport):
        add_to(asked, "Sao vậy?")
    with pytest.raises(CannotReport):
        withdraw(asked)


def test_nothing_chosen_is_told() -> None:
    parcel = an_arrived_order().parcels.get()
    with pytest.raises(CannotReport, match="Hãy chọn món"):
        report(parcel, {}, reason="broken", words="x", wish="refund", key="k")


def test_reports_are_not_made_and_withdrawn_without_end() -> None:
    parcel = an_arrived_order().parcels.get()
    for _each in range(3):
        asked = a_report(parcel, photos=[an_upload()])
        withdraw(asked)
        assert not asked.photos.exists()

    with pytest.raises(CannotReport, match="hỏi cửa hàng"):
        a_report(parcel)

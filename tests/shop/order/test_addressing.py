"""Another address until packing begins: at once, or the shop decides where the fee changes."""

import pytest
from django.test import Client
from django.urls import reverse

from shop.communication.models import Letter
from shop.contracts.models import OrderSummary
from shop.order.addressing import CannotMove, ChangesMore, change_address, decide, waiting
from shop.order.cancelling import cancel_order
from shop.order.fulfilment import start_packing
from shop.order.models import AddressChange, Order, ShippingAddress
from shop.payment.models import Refund
from shop.places.models import Ward
from shop.producers.models import Notice
from shop.shipping.rates import ZoneRate
from tests.factories import (
    a_producer,
    a_product,
    a_staff_member,
    a_user,
    a_ward,
    an_order,
    signed_in,
    with_rights,
    zone_rates,
)
from tests.shop.buying import CAU_GIAY, HA_NOI, HO_CHI_MINH

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker() -> object:
    return a_user()


@pytest.fixture
def order(maker: object) -> Order:
    zone_rates()
    ZoneRate.objects.filter(zone="bac").update(first_price=40_000)
    product = a_product("Mật ong", producer=a_producer(members=[maker]))
    return an_order(product, email="hoa@example.com")


def values(ward: Ward | None = None, **changes: object) -> dict[str, object]:
    ward = ward or a_ward("07498")
    return {
        "first_name": "Trần Văn Nam",
        "phone_number": "+84987654321",
        "line1": "Số 5",
        "line3": ward.full_name,
        "line4": ward.province.full_name,
        "ward_code": ward.code,
        "province_code": ward.province_id,
        **changes,
    }


def in_ha_noi() -> dict[str, object]:
    return values(Ward.objects.get(pk=CAU_GIAY))


def test_within_the_zone_it_changes_at_once_and_is_kept(order: Order, maker: object) -> None:
    frozen = OrderSummary.objects.get(order=order).facts
    by = a_user()
    change = change_address(order, values(), by=by)
    order = Order.objects.get(pk=order.pk)
    assert order.shipping_address.first_name == "Trần Văn Nam"
    assert (change.state, change.old.first_name, change.by) == ("done", "Nguyễn Thị Hoa", by)
    assert OrderSummary.objects.get(order=order).facts == frozen
    parcel = order.parcels.get()
    page = signed_in(maker).get(reverse("producers:parcel", args=[parcel.pk])).content.decode()
    assert "Trần Văn Nam" in page
    assert Notice.objects.filter(user=maker, words__contains="địa chỉ mới").exists()


def test_the_same_address_changes_nothing(order: Order) -> None:
    change_address(order, values())
    assert change_address(order, values()) is None
    assert AddressChange.objects.count() == 1


def test_once_packing_began_it_stays(order: Order) -> None:
    start_packing(order.parcels.get())
    with pytest.raises(CannotMove, match="đóng gói"):
        change_address(order, values())


def test_a_farther_place_says_what_it_costs_and_the_shop_decides(order: Order) -> None:
    with pytest.raises(ChangesMore, match=r"cao hơn 15\.000") as more:
        change_address(order, in_ha_noi())
    assert more.value.difference == 15_000
    asked = change_address(order, in_ha_noi(), ask=True)
    assert change_address(order, in_ha_noi(), ask=True) == asked
    order.refresh_from_db()
    assert (asked.state, order.shipping_address.province_code) == ("asked", "24")
    staff = a_staff_member()
    decide(asked, agree=True, by=staff)
    decide(asked, agree=False, by=staff)
    order = Order.objects.get(pk=order.pk)
    asked.refresh_from_db()
    assert (asked.state, order.shipping_address.province_code) == ("done", HA_NOI)
    assert order.total_incl_tax == order.payment.amount
    assert Letter.objects.filter(event_code="ADDRESS_DECIDED").count() == 1


def test_an_address_asked_for_falls_with_the_order(order: Order) -> None:
    asked = change_address(order, in_ha_noi(), ask=True)
    cancel_order(order)
    assert not waiting().exists()
    with pytest.raises(CannotMove, match="đã hủy"):
        decide(asked, agree=True, by=None)
    assert AddressChange.objects.get().state == "declined"


def test_an_order_that_is_not_paid_keeps_its_total(order: Order) -> None:
    ZoneRate.objects.filter(zone="bac").update(first_price=10_000)
    decide(change_address(order, in_ha_noi(), ask=True), agree=True, by=None)
    assert not Refund.objects.exists()
    letter = Letter.objects.get(event_code="ADDRESS_DECIDED")
    assert "giữ nguyên như lúc đặt" in letter.text
    assert "giữ nguyên như lúc đặt" in letter.html


def test_the_shop_does_not_move_what_is_packed(order: Order) -> None:
    asked = change_address(order, in_ha_noi(), ask=True)
    start_packing(order.parcels.get())
    with pytest.raises(CannotMove):
        decide(asked, agree=True, by=None)
    decide(asked, agree=False, by=None)
    order.refresh_from_db()
    assert order.shipping_address.province_code == "24"


def test_cold_goods_do_not_go_where_they_would_thaw() -> None:
    order = an_order(a_product("Nem chua", freight_class="chilled"))
    far = Ward.objects.filter(province=HO_CHI_MINH).first()
    with pytest.raises(ChangesMore, match="giữ lạnh"):
        change_address(order, values(far))


def test_buyers_see_form_fault_history_and_answer(order: Order) -> None:
    guest = Client()
    guest.get(order.get_absolute_url())
    url = reverse("order:move", args=[order.number])
    assert 'value="Nguyễn Thị Hoa"' in guest.get(url).content.decode()
    ward = Ward.objects.get(pk=CAU_GIAY)
    typed = {
        "full_name": "Trần Văn Nam",
        "phone": "0987 654 321",
        "province": ward.province_id,
        "ward": ward.code,
        "street": "12 ngõ 68",
    }
    assert guest.post(url, {**typed, "phone": "123"}).status_code == 422
    shown = guest.post(url, typed)
    assert shown.status_code == 422
    assert "cao hơn" in shown.content.decode()
    assert "12 ngõ 68" in shown.content.decode()
    guest.post(url, {**typed, "ask": "1"})
    staff = signed_in(with_rights(a_staff_member(), "order.view_order", "order.change_order"))
    listed = staff.get(reverse("orders-staff:questions")).content.decode()
    assert "12 ngõ 68" in listed
    change = AddressChange.objects.get()
    staff.post(reverse("orders-staff:decide-address", args=[change.pk]), {"do": "agree"})
    page = guest.get(reverse("order:detail", args=[order.number])).content.decode()
    assert "Trước đó" in page
    assert "12 ngõ 68" in page


def test_nobody_else_changes_it(order: Order) -> None:
    url = reverse("order:move", args=[order.number])
    assert Client().post(url, {}).status_code == 404
    assert signed_in(a_user()).post(url, {}).status_code == 404
    change = change_address(order, in_ha_noi(), ask=True)
    decide_url = reverse("orders-staff:decide-address", args=[change.pk])
    for who in (a_user(), a_staff_member()):
        assert signed_in(who).post(decide_url, {"do": "agree"}).status_code == 403
    assert ShippingAddress.objects.count() == 2

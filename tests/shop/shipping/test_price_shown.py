"""What the checkout said is what each parcel holds: its way, its ice, its bottles, its cash fee."""

from decimal import Decimal

import pytest

from catalogue.money import format_dong
from tests.factories import a_producer, a_product, delivery_rules, zone_rates
from tests.shop.buying import HA_NOI, a_guest_with, buy, form_of, look, only_order, press

pytestmark = pytest.mark.django_db


def goods() -> dict:
    maker = a_producer()
    return {
        a_product("Trà", producer=maker, price=80_000): 1,
        a_product("Nem chua", producer=maker, freight_class="chilled", shelf_life_days=30): 2,
        a_product("Mật ong", producer=a_producer(), freight_class="liquid"): 3,
    }


@pytest.mark.parametrize(("per", "fees"), [("order", [9_000, 0, 0]), ("parcel", [9_000] * 3)])
def test_price_shown_is_the_price_charged(per: str, fees: list[int]) -> None:
    zone_rates(25_000)
    delivery_rules(ice_fee=30_000, liquid_fee=4_000, cod_fee=9_000, cod_fee_per=per)
    guest = a_guest_with(goods())
    page = look(guest)
    shown = page.context["page"].quote
    charges, total = shown.charges, shown.total
    assert press(guest, form_of(page)).status_code == 302
    order = only_order()
    parcels = list(order.parcels.order_by("position"))
    body = page.content.decode()
    for charge, parcel, fee in zip(charges, parcels, fees, strict=True):
        assert parcel.charge == charge.amount
        assert format_dong(charge.amount) in body
        told = parcel.charge_breakdown
        parts = [Decimal(told[name]) for name in ("freight", "ice_fee", "liquid_fee")]
        assert sum(parts) == parcel.charge
        assert Decimal(told["cod_fee"]) == fee
        assert (parcel.promised_from, parcel.promised_to) == (
            charge.promise.earliest,
            charge.promise.latest,
        )
    assert [p.charge_breakdown["ice_fee"] for p in parcels] == ["0", "30000", "0"]
    assert [p.charge_breakdown["liquid_fee"] for p in parcels] == ["0", "0", "12000"]
    assert order.surcharge_incl_tax == sum(fees)
    assert order.shipping_incl_tax == sum(parcel.charge for parcel in parcels)
    assert order.total_incl_tax == total
    assert format_dong(total) in body


def test_a_fee_that_rose_meanwhile_is_shown_again_before_it_is_charged() -> None:
    zone_rates(25_000)
    guest = a_guest_with(a_product(freight_class="liquid"))
    hidden = form_of(look(guest))
    delivery_rules(liquid_fee=7_000)
    answer = press(guest, hidden)
    assert answer.status_code == 409
    assert "Phí giao hàng đổi từ 25.000\u00a0₫ thành 32.000\u00a0₫" in answer.content.decode()
    assert buy(guest).status_code == 302
    assert only_order().parcels.get().charge == 32_000


def test_days_that_moved_meanwhile_are_shown_again() -> None:
    zone_rates(25_000)
    guest = a_guest_with(a_product())
    hidden = form_of(look(guest))
    delivery_rules(preparing_least=9, preparing_most=12)
    answer = press(guest, hidden)
    assert answer.status_code == 409 and "Ngày giao dự kiến nay là" in answer.content.decode()


def test_basket_tells_fee_and_days_by_the_province_of_the_cookie() -> None:
    rates = zone_rates(25_000)
    rates["bac"].first_price = 31_000
    rates["bac"].save()
    guest = a_guest_with(a_product(price=100_000))
    before = guest.get("/gio-hang/").content.decode()
    assert "Chọn tỉnh, thành phố" in before and "Phí giao khoảng" in before
    answer = guest.post("/giao-den/", {"tinh": HA_NOI, "next": "/gio-hang/"})
    assert answer["Location"] == "/gio-hang/"
    body = guest.get("/gio-hang/").content.decode()
    assert "31.000\u00a0₫" in body and "131.000\u00a0₫" in body and "Dự kiến giao" in body
    told = guest.post(
        "/giao-den/",
        {"tinh": HA_NOI, "next": "/gio-hang/"},
        headers={"HX-Request": "true"},
        follow=True,
    )
    assert 'id="basket"' in told.content.decode()

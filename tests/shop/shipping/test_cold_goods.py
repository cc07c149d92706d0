"""What must be kept cold travels by itself, where and when the rules say, at a fee it names."""

from decimal import Decimal

import pytest
from django.test import Client

from shop.checkout.quote import Quote, Wishes
from shop.order.models import Parcel
from shop.shipping.parcels import parcels_of
from shop.shipping.repository import Repository
from tests.factories import (
    a_basket_with,
    a_gift_box,
    a_producer,
    a_product,
    an_order,
    delivery_rules,
    zone_rates,
)
from tests.shop.buying import HA_NOI, HO_CHI_MINH, a_guest_with, look

pytestmark = pytest.mark.django_db
MONDAY_TO_THURSDAY = range(4)


def nem(**facts):
    facts = {"shelf_life_days": 30, **facts}
    return a_product("Nem chua", freight_class="chilled", **facts)


def test_one_sender_packs_cold_goods_and_others_in_two_parcels() -> None:
    maker = a_producer()
    plans = parcels_of(
        a_basket_with({a_product(producer=maker): 1, nem(producer=maker): 2}).all_lines()
    )
    assert [(plan.producer.pk, plan.is_chilled) for plan in plans] == [
        (maker.pk, False),
        (maker.pk, True),
    ]


def test_cold_in_a_box_packed_at_one_place_makes_the_whole_box_cold() -> None:
    maker, hub = a_producer(), a_producer("Nhà đóng hộp")
    honey, cold = a_product(producer=maker), nem(producer=maker)
    box = a_gift_box(of={honey: 1, cold: 1}, producer=hub)
    plans = parcels_of(a_basket_with({box: 1, a_product("Trà", producer=hub): 1}).all_lines())
    assert [(plan.is_chilled, len(plan.pieces)) for plan in plans] == [(True, 3), (False, 1)]


def test_box_that_each_producer_sends_is_cold_where_its_thing_is() -> None:
    one, other = a_producer(), a_producer()
    box = a_gift_box(
        of={a_product(producer=one): 1, nem(producer=other): 1}, gift={"packing": "producers"}
    )
    plans = parcels_of(a_basket_with(box).all_lines())
    assert {plan.producer.pk: plan.is_chilled for plan in plans} == {one.pk: False, other.pk: True}


def test_each_parcel_has_its_fee_and_the_ice_is_named() -> None:
    zone_rates(25_000)
    delivery_rules(ice_fee=30_000, ice_step_grams=2_000)
    maker = a_producer()
    goods = {a_product(producer=maker): 1, nem(producer=maker, weight_grams=900): 3}
    quote = Quote(a_basket_with(goods), Wishes(province_code=HA_NOI))
    plain, cold = quote.charges
    assert (plain.amount, plain.extras) == (25_000, ())
    # 2,7 kg: 25.000 + 4 × 5.000, two boxes with ice
    assert cold.amount == 45_000 + 60_000
    assert (cold.extras[0].label, cold.extras[0].amount) == ("2 thùng xốp, đá", 60_000)


def test_bottles_are_packed_against_breaking() -> None:
    zone_rates(25_000)
    delivery_rules(liquid_fee=4_000)
    quote = Quote(
        a_basket_with(a_product("Mật ong", freight_class="liquid"), 3), Wishes(province_code=HA_NOI)
    )
    assert quote.charges[0].amount == 25_000 + 2 * 5_000 + 12_000
    assert quote.charges[0].breakdown["liquids"] == 3


def test_cold_parcel_leaves_on_its_days_only() -> None:
    zone_rates()
    quote = Quote(a_basket_with(nem()), Wishes(province_code=HA_NOI))
    promised = quote.charges[0].promise
    assert promised is not None
    assert {promised.ready.weekday(), promised.leaves.weekday()} <= set(MONDAY_TO_THURSDAY)


def test_a_province_that_is_not_named_is_refused_with_a_way_out() -> None:
    zone_rates()
    one = Repository().choices(a_basket_with(nem()), HO_CHI_MINH)[0].refusal
    assert one is not None and "Nem chua cần giữ lạnh" in one and "nhận tại nơi sản xuất" in one
    goods = {nem(): 1, a_product(): 1}
    two = Repository().choices(a_basket_with(goods), HO_CHI_MINH)[0].refusal
    assert two is not None and "bỏ món ấy khỏi giỏ" in two
    delivery_rules(chilled_provinces=[HO_CHI_MINH])
    assert Repository().choices(a_basket_with(nem()), HO_CHI_MINH)[0].refusal is None
    assert Repository().choices(a_basket_with(nem()), HA_NOI)[0].refusal is not None


def test_basket_and_checkout_say_that_cold_goods_go_by_themselves() -> None:
    zone_rates(25_000)
    delivery_rules(ice_fee=30_000)
    maker = a_producer()
    guest: Client = a_guest_with({a_product(producer=maker): 1, nem(producer=maker): 1})
    guest.post("/giao-den/", {"tinh": HA_NOI})
    for page in (guest.get("/gio-hang/"), look(guest)):
        body = page.content.decode()
        assert "tách thành kiện riêng, phí riêng" in body
        assert "1 thùng xốp, đá" in body and "55.000\u00a0₫" in body
        assert body.count("Dự kiến giao") >= 2


def test_basket_says_which_parcel_cannot_go_and_keeps_the_others_fee() -> None:
    zone_rates(25_000)
    maker = a_producer()
    guest = a_guest_with({a_product(producer=maker): 1, nem(producer=maker): 1})
    guest.post("/giao-den/", {"tinh": HO_CHI_MINH})
    body = guest.get("/gio-hang/").content.decode()
    assert "Nem chua cần giữ lạnh, chưa giao được đến tỉnh này." in body
    assert "tính ở bước sau" in body and "25.000\u00a0₫" in body


def test_parcel_remembers_that_it_is_cold_and_when_it_comes() -> None:
    zone_rates(25_000)
    maker = a_producer()
    order = an_order({a_product(producer=maker): 1, nem(producer=maker): 1})
    plain, cold = order.parcels.order_by("position")
    assert (plain.is_chilled, cold.is_chilled) == (False, True)
    for parcel in (plain, cold):
        assert parcel.promised_from <= parcel.promised_to
    assert Parcel.objects.filter(promised_to=None).count() == 0
    assert cold.charge == Decimal(25_000)

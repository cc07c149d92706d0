"""Fees by parcel, weight and zone."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from shop.checkout.quote import Quote, Wishes
from shop.shipping.parcels import parcels_of
from shop.shipping.pieces import chargeable_grams
from shop.shipping.rates import Zone, ZoneRate
from shop.shipping.repository import Repository, estimate
from shop.shipping.terms import terms_at
from shop.shipping.zones import zone_between
from tests.factories import (
    a_basket_with,
    a_producer,
    a_product,
    a_spirit,
    a_variant_product,
    zone_rates,
)
from tests.shop.buying import BAC_NINH, HA_NOI, HO_CHI_MINH

pytestmark = pytest.mark.django_db
DA_NANG = "48"


@pytest.mark.parametrize(
    ("province", "zone"),
    [
        (BAC_NINH, "local"),
        (HA_NOI, "bac"),
        (DA_NANG, "trung"),
        (HO_CHI_MINH, "nam"),
        ("99", None),
        ("", None),
    ],
)
def test_zone_goes_by_the_producers_province(province: str, zone: str | None) -> None:
    assert zone_between(a_producer(), province) == zone


def test_producer_without_a_ward_sends_from_home(settings) -> None:
    settings.HOME_PROVINCE_CODE = HA_NOI
    assert zone_between(a_producer(ward=None), HA_NOI) == "local"


@pytest.mark.parametrize(
    ("facts", "grams"),
    [
        ({"weight_grams": 650}, 650),
        ({"weight_grams": None}, 1000),
        # 30 × 20 × 10 cm / 5000 = 1,2 kg
        ({"weight_grams": 650, "length_cm": 30, "width_cm": 20, "height_cm": 10}, 1200),
        ({"weight_grams": 2000, "length_cm": 30, "width_cm": 20, "height_cm": 10}, 2000),
        ({"weight_grams": 650, "length_cm": 30, "width_cm": 20, "height_cm": None}, 650),
        # Part of a gram counts as one.
        ({"weight_grams": 1, "length_cm": 1, "width_cm": 1, "height_cm": 1}, 1),
        ({"weight_grams": 1, "length_cm": 3, "width_cm": 3, "height_cm": 1}, 2),
    ],
)
def test_weight_that_counts_is_the_heavier_of_scales_and_tape(facts: dict, grams: int) -> None:
    assert chargeable_grams(a_product(**facts)) == grams


def test_variant_without_weight_counts_as_its_parent() -> None:
    parent = a_variant_product(weight_grams=700)
    assert chargeable_grams(parent.children.first()) == 700


@pytest.mark.parametrize(
    ("grams", "fee"),
    [(1, 20_000), (1000, 20_000), (1001, 23_000), (1500, 23_000), (1501, 26_000), (10_000, 74_000)],
)
def test_fee_goes_up_by_steps(grams: int, fee: int) -> None:
    rate = ZoneRate(first_grams=1000, first_price=20_000, step_grams=500, step_price=3_000)
    assert rate.price_for(grams) == fee


def test_newest_row_that_has_begun_counts() -> None:
    today = timezone.localdate()
    for days, price in ((-30, 20_000), (-1, 22_000), (1, 99_000)):
        ZoneRate.objects.create(
            zone=Zone.LOCAL,
            effective_from=today + timedelta(days=days),
            first_price=price,
            step_price=0,
        )
    assert terms_at().rates[Zone.LOCAL].first_price == 22_000


def test_parcel_is_free_from_an_amount_of_its_own_goods() -> None:
    zone_rates(first_price=30_000, free_from=Decimal(100_000))
    dear, cheap = (
        a_product(price=100_000, producer=a_producer()),
        a_product(price=99_999, producer=a_producer()),
    )
    quote = Quote(a_basket_with({dear: 1, cheap: 1}), Wishes(province_code=HA_NOI))
    assert [charge.amount for charge in quote.charges] == [0, 30_000]
    assert quote.charges[0].note == "Miễn phí từ 100.000\u00a0₫"


def test_free_delivery_is_no_gift_for_strong_drink() -> None:
    zone_rates(first_price=30_000, free_from=Decimal(100_000))
    quote = Quote(a_basket_with(a_spirit(price=500_000)), Wishes(province_code=HA_NOI))
    assert quote.shipping_total == 30_000


def test_pickup_only_from_one_producer_with_an_address() -> None:
    zone_rates()

    def codes(basket) -> set[str]:
        return {way.code for way in Repository().choices(basket, HA_NOI)}

    assert codes(a_basket_with(a_product())) == {"zone", "pickup"}
    assert codes(a_basket_with(a_product(producer=a_producer(ward=None)))) == {"zone"}
    two = {a_product(producer=a_producer()): 1, a_product(producer=a_producer()): 1}
    assert codes(a_basket_with(two)) == {"zone"}


def test_pickup_is_never_assumed() -> None:
    basket = a_basket_with(a_product())
    assert Quote(basket, Wishes(province_code=HA_NOI)).shipping is None
    assert Quote(basket, Wishes(shipping_code="pickup")).shipping_total == 0


def test_one_zone_without_a_rate_closes_delivery_there_only() -> None:
    zone_rates()[Zone.SOUTH].delete()
    basket = a_basket_with(a_product())
    refusals = {
        province: Repository().choices(basket, province)[0].refusal
        for province in (HA_NOI, HO_CHI_MINH)
    }
    assert refusals[HA_NOI] is None
    assert "Chưa có cước" in refusals[HO_CHI_MINH]


def test_estimate_spans_the_zones() -> None:
    parcels = parcels_of(a_basket_with(a_product()).all_lines())
    assert estimate(parcels, terms_at()) is None
    zone_rates(first_price=20_000)
    ZoneRate.objects.filter(zone=Zone.SOUTH).update(first_price=38_000)
    assert estimate(parcels, terms_at()) == (20_000, 38_000)


def test_oscars_repository_gives_what_can_be_chosen() -> None:
    zone_rates()
    basket = a_basket_with(a_product())
    methods = Repository().get_shipping_methods(basket, province_code=HA_NOI)
    assert [method.code for method in methods] == ["zone", "pickup"]
    assert methods[0].calculate(basket).incl_tax == 25_000

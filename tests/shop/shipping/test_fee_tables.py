"""What holds of every fee table: heavier never costs less, parts add up, free frees the way."""

from datetime import date, time
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shop.shipping.charging import charge_of
from shop.shipping.parcels import ParcelPlan
from shop.shipping.rates import Zone, ZoneRate
from shop.shipping.rules import DeliveryRules, Per

prices = st.integers(0, 10_000_000).map(Decimal)
weights = st.integers(1, 500_000)
rates = st.builds(
    ZoneRate,
    zone=st.sampled_from(Zone.values),
    effective_from=st.just(date(2026, 1, 1)),
    first_grams=st.integers(1, 20_000),
    first_price=prices,
    step_grams=st.integers(1, 20_000),
    step_price=prices,
    free_from=st.none() | prices,
)
rules = st.builds(
    DeliveryRules,
    effective_from=st.just(date(2026, 1, 1)),
    cutoff=st.just(time(16)),
    ice_fee=prices,
    ice_step_grams=st.none() | st.integers(1, 20_000),
    liquid_fee=prices,
    cod_fee=prices,
    cod_fee_per=st.sampled_from(Per.values),
)


def a_piece(grams: int, amount: Decimal, *, liquid: bool = False, quantity: int = 1) -> Any:
    product = SimpleNamespace(
        is_unpromotable=False,
        is_chilled=False,
        canonical=SimpleNamespace(freight_class="liquid" if liquid else "normal"),
    )
    return SimpleNamespace(
        product=product, grams=grams, amount=amount, quantity=quantity, is_wrapping=False
    )


def a_plan(grams: int, amount: Decimal, *, cold: bool = False, bottles: int = 0) -> ParcelPlan:
    piece = a_piece(grams, amount, liquid=bool(bottles), quantity=bottles or 1)
    return ParcelPlan(SimpleNamespace(pk=1), [piece], is_chilled=cold)  # type: ignore[arg-type]


plans = st.builds(a_plan, weights, prices, cold=st.booleans(), bottles=st.integers(0, 40))


@given(rates, weights, weights)
def test_heavier_never_costs_less(rate: ZoneRate, one: int, other: int) -> None:
    light, heavy = sorted((one, other))
    assert rate.price_for(light) <= rate.price_for(heavy)


@given(rates, weights)
def test_a_step_more_costs_one_step_price_more(rate: ZoneRate, grams: int) -> None:
    if grams >= rate.first_grams:
        assert rate.price_for(grams + rate.step_grams) == rate.price_for(grams) + rate.step_price
    else:
        assert rate.price_for(grams) == rate.first_price


@given(plans, rates, rules)
def test_parts_add_up_to_the_charge_in_whole_dong(
    plan: ParcelPlan, rate: ZoneRate, rules: DeliveryRules
) -> None:
    charge = charge_of(plan, rate, rules)
    told = charge.breakdown
    parts = sum(Decimal(told[name]) for name in ("freight", "ice_fee", "liquid_fee"))
    assert charge.amount == parts >= 0
    assert charge.amount == charge.amount.to_integral_value()
    assert sum(extra.amount for extra in charge.extras) == parts - Decimal(told["freight"])


@given(plans, rates, rules)
def test_free_delivery_frees_the_way_and_nothing_else(
    plan: ParcelPlan, rate: ZoneRate, rules: DeliveryRules
) -> None:
    told = charge_of(plan, rate, rules).breakdown
    is_free = rate.free_from is not None and plan.goods_total >= rate.free_from
    assert Decimal(told["freight"]) == (0 if is_free else rate.price_for(plan.weight_grams))
    assert (Decimal(told["ice_fee"]) > 0) == (plan.is_chilled and rules.ice_fee > 0)
    assert Decimal(told["liquid_fee"]) == rules.liquid_fee * plan.liquids


@given(rules, weights, weights)
def test_ice_is_enough_and_never_a_box_too_many(rules: DeliveryRules, one: int, other: int) -> None:
    light, heavy = sorted((one, other))
    assert 1 <= rules.ice_boxes(light) <= rules.ice_boxes(heavy)
    if rules.ice_step_grams:
        boxes = rules.ice_boxes(heavy)
        assert (boxes - 1) * rules.ice_step_grams < heavy <= boxes * rules.ice_step_grams


@given(rules, st.integers(1, 60))
def test_fee_of_cash_is_for_the_order_or_for_each_parcel(
    rules: DeliveryRules, parcels: int
) -> None:
    times = parcels if rules.cod_fee_per == Per.PARCEL else 1
    assert rules.cod_fee_for(parcels) == rules.cod_fee * times

"""A price taken apart adds up again, to the đồng."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.shipping.parcels import parcels_of
from shop.shipping.pieces import pieces_of, shares
from tests.factories import a_basket_with, a_gift_box, a_producer, a_product

AMOUNTS = st.integers(0, 50_000_000).map(Decimal)


@given(total=AMOUNTS, weights=st.lists(AMOUNTS, min_size=1, max_size=12))
def test_shares_add_up_and_are_fair_to_the_dong(total: Decimal, weights: list[Decimal]) -> None:
    given_out = shares(total, weights)
    assert sum(given_out) == total
    assert all(part == int(part) >= 0 for part in given_out)
    if whole := sum(weights):
        for part, weight in zip(given_out, weights, strict=True):
            assert abs(part - total * weight / whole) < 1


@pytest.mark.django_db
@pytest.mark.parametrize("packing", ["hub", "producers"])
@pytest.mark.parametrize("price", [100_000, 233_335, 300_000])
def test_the_pieces_of_a_box_cost_what_the_box_costs(packing: str, price: int) -> None:
    tea, cake = a_product(price=100_000), a_product(price=66_667)
    box = a_gift_box(of={tea: 1, cake: 2}, price=price, gift={"packing": packing})
    line = a_basket_with(box, 3).all_lines()[0]
    pieces = pieces_of(line)
    assert sum(piece.before for piece in pieces) == 3 * price
    assert sum(piece.amount for piece in pieces) == 3 * price
    supplied = {piece.product.pk: piece.supplied for piece in pieces if not piece.is_wrapping}
    assert supplied == {tea.pk: 300_000, cake.pk: 400_002}
    wrapping = [piece.before for piece in pieces if piece.is_wrapping]
    if packing == "producers":
        assert wrapping == []
    else:
        assert wrapping == [max(0, 3 * price - 700_002)]


@pytest.mark.django_db
def test_a_box_packed_at_one_place_is_one_parcel_else_one_a_producer() -> None:
    north, south = a_producer("HTX Bắc"), a_producer("HTX Nam")
    tea = a_product("Trà", producer=north, weight_grams=300)
    cake = a_product("Bánh", producer=south, weight_grams=700)
    hub = a_gift_box(of={tea: 1, cake: 1}, weight_grams=1_500)
    (plan,) = parcels_of(a_basket_with(hub, 2).all_lines())
    assert plan.producer == hub.producer
    assert plan.weight_grams == 3_000
    parted = a_gift_box("Chia", of={tea: 1, cake: 1}, gift={"packing": "producers"})
    plans = parcels_of(a_basket_with(parted, 2).all_lines())
    assert [(plan.producer, plan.weight_grams) for plan in plans] == [(north, 600), (south, 1_400)]

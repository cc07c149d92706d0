"""Filling a box and swapping in a ready one: what goes in, what is refused, what it costs."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.boxes.contents import contents_of
from catalogue.boxes.designing import contents_with, fill, save_design, swap
from catalogue.models import BoxChoice, BoxItem, Product
from catalogue.money import to_dong
from tests.catalogue.boxes.making import (
    a_box_to_change,
    a_box_to_fill,
    choice_key,
    item_key,
)
from tests.factories import a_buyer, a_lot, a_product, a_spirit, a_variant_product

pytestmark = pytest.mark.django_db


def refused(make) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        make()
    return caught.value.message_dict


def fresh(box: Product) -> Product:
    return Product.objects.get(pk=box.pk)


def test_the_same_choice_fills_several_slots() -> None:
    honey, tea = a_product("Mật ong"), a_product("Trà")
    box = a_box_to_fill(slots=3, choices={honey: 2, tea: 1})
    picks = [choice_key(box, honey), choice_key(box, tea), choice_key(box, honey)]

    assert fill(box, picks) == [(honey, 4), (tea, 1)]


def test_empty_slots_are_named() -> None:
    honey = a_product("Mật ong")
    box = a_box_to_fill(slots=3, choices={honey: 1})

    assert refused(lambda: fill(box, [choice_key(box, honey)])) == {
        "ngan-2": ["Ngăn 2 còn trống."],
        "ngan-3": ["Ngăn 3 còn trống."],
    }


def test_one_pick_too_many_is_refused() -> None:
    honey = a_product("Mật ong")
    box = a_box_to_fill(slots=2, choices={honey: 1})
    assert "ngan-3" in refused(lambda: fill(box, [choice_key(box, honey)] * 3))


def test_choice_of_another_box_is_refused() -> None:
    honey, tea = a_product("Mật ong"), a_product("Trà")
    box, other = a_box_to_fill(slots=1, choices={honey: 1}), a_box_to_fill(choices={tea: 1})
    assert "ngan-1" in refused(lambda: fill(box, [choice_key(other, tea)]))


def test_slots_together_ask_for_no_more_than_there_is() -> None:
    honey, tea = a_product("Mật ong", stock=3), a_product("Trà")
    box = a_box_to_fill(slots=2, choices={honey: 2, tea: 1})
    key = choice_key(box, honey)

    words = refused(lambda: fill(box, [key, key]))
    assert words == {name: ["Mật ong không đủ hàng cho ngần ấy phần."] for name in words}
    assert set(words) == {"ngan-1", "ngan-2"}
    assert fill(box, [key, choice_key(box, tea)]) == [(honey, 2), (tea, 1)]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"live": False}, "không còn bán"),
        ({"price": None}, "không còn bán"),
        ({"stock": 0}, "vừa hết hàng"),
        ({"archived_at": timezone.now()}, "không còn bán"),
    ],
)
def test_what_cannot_be_had_is_refused(facts: dict, words: str) -> None:
    gone = a_product("Long nhãn", **facts)
    box = a_box_to_fill(slots=1, choices={gone: 1})
    found = refused(lambda: fill(box, [choice_key(box, gone)]))
    assert words in found["ngan-1"][0]


def test_what_ends_too_soon_is_refused() -> None:
    cake = a_product("Bánh mật")
    a_lot(cake, best_before=timezone.localdate() + timedelta(days=10))
    box = a_box_to_fill(slots=1, choices={cake: 1}, min_days_left=20)
    found = refused(lambda: fill(box, [choice_key(box, cake)]))
    assert "hạn dùng" in found["ngan-1"][0]


def test_what_became_alcohol_is_never_chosen() -> None:
    drink = a_product("Nước cốt")
    box = a_box_to_fill(slots=1, choices={drink: 1})
    Product.objects.filter(pk=drink.pk).update(abv=Decimal(5))
    found = refused(lambda: fill(box, [choice_key(box, drink)]))
    assert "có cồn" in found["ngan-1"][0]


def test_variants_are_chosen_each_by_itself() -> None:
    parent = a_variant_product("Trà", variants={"20 g": (90_000, 5), "50 g": (200_000, 5)})
    small, large = parent.children.order_by("pk")
    box = a_box_to_fill(slots=2, choices={small: 1, large: 1})
    filling = fill(box, [choice_key(box, small), choice_key(box, large)])
    assert contents_with(box, filling).price == 290_000


def test_only_swappable_things_are_swapped() -> None:
    honey, tea, nuts = a_product("Mật ong"), a_product("Trà"), a_product("Hạt")
    box = a_box_to_change(of={honey: 1, tea: 2}, swappable={tea}, choices={nuts: 3})

    swapped = swap(box, {item_key(box, tea): choice_key(box, nuts)})
    assert swapped == [(honey, 1), (nuts, 3)]
    words = refused(lambda: swap(box, {item_key(box, honey): choice_key(box, nuts)}))
    assert "không đổi được" in words[f"mon-{item_key(box, honey)}"][0]


def test_a_swap_into_what_lies_there_already_adds_up() -> None:
    honey, tea = a_product("Mật ong"), a_product("Trà")
    box = a_box_to_change(of={honey: 1, tea: 1}, swappable={tea}, choices={honey: 2})
    assert swap(box, {item_key(box, tea): choice_key(box, honey)}) == [(honey, 3)]


def test_unknown_things_are_neither_swapped_nor_put_in() -> None:
    honey, tea = a_product("Mật ong"), a_product("Trà")
    box = a_box_to_change(of={honey: 1}, swappable={honey}, choices={tea: 1})
    assert refused(lambda: swap(box, {0: choice_key(box, tea)}))
    assert refused(lambda: swap(box, {item_key(box, honey): 0}))


def test_a_kept_thing_that_is_gone_is_named() -> None:
    honey, tea = a_product("Mật ong"), a_product("Trà", stock=0)
    box = a_box_to_change(of={honey: 1, tea: 1}, swappable={tea}, choices={honey: 1})
    assert list(refused(lambda: swap(box, {}))) == [f"mon-{item_key(box, tea)}"]
    assert swap(box, {item_key(box, tea): choice_key(box, honey)}) == [(honey, 2)]


def test_a_maker_may_pack_alcohol_that_no_buyer_chooses() -> None:
    spirit, honey, tea = a_spirit(), a_product("Mật ong"), a_product("Trà")
    box = a_box_to_change(of={spirit: 1, honey: 1}, swappable={honey}, choices={tea: 1})
    box = fresh(box)
    swapped = swap(box, {item_key(box, honey): choice_key(box, tea)})
    assert swapped == [(spirit, 1), (tea, 1)]
    assert contents_with(box, swapped).is_unpromotable


def test_a_design_is_kept_as_it_was() -> None:
    honey, buyer = a_product("Mật ong"), a_buyer()
    box = a_box_to_fill(slots=2, choices={honey: 1})
    design = save_design(box, fill(box, [choice_key(box, honey)] * 2), buyer)
    BoxChoice.objects.filter(box=box).delete()

    kept = contents_of(fresh(box), type(design).objects.get())
    assert [(part.product, part.quantity) for part in kept.parts] == [(honey, 2)]
    assert design.owner == buyer
    assert len(design.token) >= 16


def test_the_weight_is_that_of_the_things_and_the_wrapping() -> None:
    honey, tea = a_product("Mật ong", weight_grams=650), a_product("Trà", weight_grams=40)
    box = a_box_to_fill(slots=2, choices={honey: 2, tea: 1}, wrapping_grams=300)
    filling = fill(box, [choice_key(box, honey), choice_key(box, tea)])
    assert contents_with(box, filling).grams == 2 * 650 + 40 + 300


# --- For any contents ---------------------------------------------------------------------------

PRICES = st.integers(1, 3_000_000)
COUNTS = st.integers(1, 4)
ANY = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@ANY
@given(
    goods=st.lists(st.tuples(PRICES, COUNTS, st.integers(1, 5_000)), min_size=1, max_size=4),
    picked=st.lists(st.integers(0, 3), min_size=1, max_size=8),
    percent=st.integers(0, 50),
    wrapping=st.integers(0, 200_000),
)
def test_price_and_weight_of_any_filling_are_its_sums(goods, picked, percent, wrapping) -> None:
    products = [a_product(price=price, stock=99, weight_grams=grams) for price, _n, grams in goods]
    portions = {product: row[1] for product, row in zip(products, goods, strict=True)}
    box = a_box_to_fill(
        slots=len(picked),
        choices=portions,
        percent_off=percent,
        wrapping_price=wrapping,
        wrapping_grams=150,
    )
    chosen = [products[place % len(products)] for place in picked]
    contents = contents_with(box, fill(box, [choice_key(box, product) for product in chosen]))

    facts = {product.pk: row for product, row in zip(products, goods, strict=True)}
    whole = sum(facts[product.pk][0] * facts[product.pk][1] for product in chosen)
    assert contents.price == to_dong(Decimal(whole) * (100 - percent) / 100) + wrapping
    assert contents.grams == 150 + sum(facts[p.pk][1] * facts[p.pk][2] for p in chosen)
    assert sum(part.quantity for part in contents.parts) == sum(portions[p] for p in chosen)
    assert len({part.product.pk for part in contents.parts}) == len(contents.parts)


@ANY
@given(
    items=st.lists(st.tuples(PRICES, COUNTS, st.booleans()), min_size=1, max_size=4),
    others=st.lists(st.tuples(PRICES, COUNTS), min_size=1, max_size=3),
    wanted=st.lists(st.integers(0, 2) | st.none(), min_size=4, max_size=4),
    own=st.none() | st.integers(100_000, 5_000_000),
)
def test_a_swap_costs_the_difference_and_keeps_the_rest(items, others, wanted, own) -> None:
    held = [a_product(price=price, stock=99) for price, _n, _swappable in items]
    stand_ins = [a_product(price=price, stock=99) for price, _n in others]
    box = a_box_to_change(
        of={product: row[1] for product, row in zip(held, items, strict=True)},
        swappable={product for product, row in zip(held, items, strict=True) if row[2]},
        choices={product: row[1] for product, row in zip(stand_ins, others, strict=True)},
        price=own or 1,
        pricing="sum" if own is None else "own",
    )
    usual = sum(price * count for price, count, _swappable in items)
    total, swaps, kept = 0, {}, {}
    for product, (price, count, is_swappable), pick in zip(held, items, wanted, strict=False):
        if pick is not None and is_swappable:
            place = pick % len(others)
            swaps[item_key(box, product)] = choice_key(box, stand_ins[place])
            total += others[place][0] * others[place][1]
        else:
            kept[product] = count
            total += price * count
    contents = contents_with(box, swap(box, swaps))

    found = {part.product: part.quantity for part in contents.parts}
    assert {product: found.get(product) for product in kept} == kept
    if own is not None and own < usual:
        assert contents.price == to_dong(Decimal(own) * total / usual)
    else:
        assert contents.price == (total if own is None else own + total - usual)
    assert BoxItem.objects.filter(box=box).count() == len(items)

"""A gift box costs what its contents say, and there are as many as the scarcest allows."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue.boxes.contents import contents_of, load_contents
from catalogue.browse.keeping import shelf_today
from catalogue.cards import cards_by_key, cards_for
from catalogue.models import Product
from catalogue.prices import lowest_price
from shop.partner.models import StockRecord
from tests.factories import (
    a_design,
    a_gift_box,
    a_lot,
    a_product,
    a_spirit,
    a_variant_product,
)

pytestmark = pytest.mark.django_db


def now(box: Product):
    return contents_of(Product.objects.get(pk=box.pk))


def card(box: Product):
    return cards_by_key([box.pk])[0]


def test_there_are_as_many_boxes_as_the_scarcest_thing_allows() -> None:
    tea, cake = a_product("Trà", stock=9), a_product("Bánh", stock=7)
    assert now(a_gift_box(of={tea: 1, cake: 3}, stock=100)).left == 2


def test_wrappings_count_too_unless_nobody_counts_them() -> None:
    tea = a_product(stock=9)
    assert now(a_gift_box(of={tea: 1}, stock=4)).left == 4
    assert now(a_gift_box("Hộp khác", of={tea: 1}, stock=None)).left == 9
    sent_by_producers = a_gift_box("Nữa", of={tea: 2}, stock=0, gift={"packing": "producers"})
    assert now(sent_by_producers).left == 4


def test_own_price_is_the_boxs_and_the_sum_takes_its_share_off() -> None:
    tea, cake = a_product(price=100_000), a_product(price=33_333)
    assert now(a_gift_box(of={tea: 1, cake: 2}, price=250_000)).price == 250_000
    gift = {"pricing": "sum", "percent_off": 10, "wrapping_price": 20_000}
    box = a_gift_box("Hộp tính tổng", of={tea: 1, cake: 2}, gift=gift)
    assert now(box).price == Decimal(169_999)  # 166.666 × 0,9 = 149.999,4; hộp 20.000
    assert lowest_price(Product.objects.get(pk=box.pk)).before == 186_666


def test_a_sum_follows_the_prices_of_its_contents() -> None:
    tea = a_product(price=100_000)
    box = a_gift_box(of={tea: 2}, gift={"pricing": "sum"})
    StockRecord.objects.filter(product=tea).update(sale_price=80_000)
    assert now(box).price == 160_000
    assert card(box).price.amount == 160_000


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"live": False, "is_public": False}, "không còn bán"),
        ({"archived_at": timezone.now()}, "không còn bán"),
    ],
)
def test_a_delisted_thing_takes_the_box_off_sale_at_once(change, words: str) -> None:
    tea, cake = a_product("Trà hoa vàng"), a_product("Bánh mật")
    box = a_gift_box(of={tea: 1, cake: 1})
    assert card(box).is_available
    Product.objects.filter(pk=tea.pk).update(**change)
    assert not card(box).is_available
    assert now(box).trouble.words == f"Trà hoa vàng trong hộp {words}."
    assert not Product.objects.with_availability().get(pk=box.pk).is_available


def test_a_sold_out_thing_takes_the_box_off_sale_on_card_shelf_and_query() -> None:
    tea, cake = a_product("Trà", stock=1), a_product("Bánh", stock=5)
    box = a_gift_box(of={tea: 1, cake: 2})
    assert box.pk in in_stock()
    StockRecord.objects.get(product=tea).allocate(1)
    record = StockRecord.objects.get(product=tea)
    record.post_save_signal()
    assert card(box).stock.words == "Hết hàng"
    assert box.pk not in in_stock()
    assert not Product.objects.with_availability().get(pk=box.pk).is_available


def in_stock() -> set[int]:
    shelf = shelf_today()
    return {row.pk for row in shelf.rows if row is not None and row.in_stock}


def test_a_variant_of_a_delisted_parent_is_not_sold_in_a_box() -> None:
    tea = a_variant_product("Chè", variants={"500 g": (120_000, 5)})
    box = a_gift_box(of={tea.children.get(): 1})
    assert now(box).left == 5
    Product.objects.filter(pk=tea.pk).update(live=False, is_public=False)
    assert now(box).left == 0


def test_what_ends_too_soon_takes_the_box_off_sale() -> None:
    cake = a_product("Bánh mật", shelf_life_days=200)
    box = a_gift_box(of={cake: 1}, gift={"min_days_left": 30, "lead_days": 2})
    assert now(box).left  # nobody wrote a lot down: the label says how long it keeps
    today = timezone.localdate()
    lot = a_lot(cake, best_before=today + timedelta(days=20))
    assert now(box).trouble.words == "Bánh mật trong hộp không còn đủ hạn dùng."
    assert not card(box).is_available
    a_lot(cake, best_before=today + timedelta(days=90))
    assert now(box).left
    lot.delete()
    Product.objects.filter(pk=cake.pk).update(shelf_life_days=10)
    assert now(a_gift_box("Hộp khác", of={cake: 1}, gift={"min_days_left": 30})).left


def test_a_short_shelf_life_on_the_label_counts_where_no_lot_does() -> None:
    cake = a_product("Bánh mật", shelf_life_days=10)
    assert now(a_gift_box(of={cake: 1}, gift={"min_days_left": 7})).left == 0
    assert now(a_gift_box("Hộp khác", of={cake: 1}, gift={"min_days_left": 0})).left


def test_the_strictest_rule_of_the_contents_is_the_boxs() -> None:
    honey = a_product("Mật ong", freight_class="liquid")
    nem = a_product("Nem chua", freight_class="chilled")
    box = a_gift_box(of={honey: 1})
    assert box.freight_class == "liquid"
    assert a_gift_box("Hộp lạnh", of={honey: 1, nem: 1}).is_chilled


def test_a_box_with_spirits_is_gated_and_never_promoted() -> None:
    wine = a_spirit(abv="29")
    box = a_gift_box("Hộp rượu", of={wine: 1, a_product(): 1})
    assert box.is_alcohol and box.is_unpromotable and not box.is_discountable
    assert box not in Product.objects.listed().without_alcohol()
    box.box_items.filter(product=wine).delete()
    assert not Product.objects.get(pk=box.pk).is_alcohol


def test_a_drink_that_turns_out_stronger_changes_the_boxes_it_is_in() -> None:
    wine = a_spirit(abv="12")
    box = a_gift_box(of={wine: 1})
    wine.abv = Decimal("20")
    wine.save()
    assert Product.objects.get(pk=box.pk).is_unpromotable


def test_a_filled_box_is_priced_by_its_filling() -> None:
    tea, cake = a_product("Trà", price=100_000, stock=4), a_product("Bánh", price=50_000, stock=9)
    gift = {"pricing": "sum", "slots": 3, "wrapping_price": 15_000}
    box = a_gift_box("Hộp ba ngăn", of={}, gift=gift, choices=[tea, cake])
    empty = now(box)
    assert empty.is_to_be_filled and empty.price == 165_000
    assert lowest_price(Product.objects.get(pk=box.pk)).is_from
    design = a_design(box, {tea: 2, cake: 1})
    filled = contents_of(box, design)
    assert (filled.price, filled.left) == (265_000, 2)


def test_a_swap_costs_the_difference() -> None:
    tea, cake, nuts = a_product(price=100_000), a_product(price=50_000), a_product(price=70_000)
    box = a_gift_box(of={tea: 1, cake: 1}, price=180_000, swappable=[cake], choices=[nuts])
    assert contents_of(box, a_design(box, {tea: 1, nuts: 1})).price == 200_000


def test_a_swap_in_a_box_below_its_contents_keeps_the_share_not_the_sum() -> None:
    dear, cheap = a_product(price=250_000), a_product(price=20_000)
    tea = a_product(price=50_000)
    box = a_gift_box(of={dear: 1, tea: 1}, price=150_000, swappable=[dear], choices=[cheap])
    assert contents_of(box, a_design(box, {cheap: 1, tea: 1})).price == 35_000


def test_strong_drink_in_a_sum_takes_nothing_off() -> None:
    wine = a_spirit(abv="12", price=100_000)
    box = a_gift_box(of={wine: 1}, gift={"pricing": "sum", "percent_off": 10})
    assert now(box).price == 90_000
    wine.abv = Decimal("20")
    wine.save()
    assert now(box).price == 100_000
    assert now(box).before is None


def test_cards_of_many_boxes_ask_no_more_than_those_of_one() -> None:
    goods = [a_product(f"Món {n}") for n in range(6)]
    boxes = [a_gift_box(f"Hộp {n}", of=dict.fromkeys(goods[: n + 1], 1)) for n in range(5)]
    counts = []
    boxes[0].refresh_from_db()
    assert contents_of(boxes[0]).usual_days  # the days of delivery are kept for a while
    for some in (boxes[:1], boxes):
        found = Product.objects.filter(pk__in=[box.pk for box in some]).for_cards()
        with CaptureQueriesContext(connection) as captured:
            assert len(cards_for(found)) == len(some)
        counts.append(len(captured.captured_queries))
    assert counts[0] == counts[1]


def test_nothing_is_asked_where_there_are_no_boxes(django_assert_num_queries) -> None:
    plain = Product.objects.select_related("product_class").get(pk=a_product().pk)
    with django_assert_num_queries(0):
        load_contents([plain])

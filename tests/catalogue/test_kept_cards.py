"""Cards read in one query and kept: the same as those loaded row by row, and never of yesterday."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from catalogue.boxes.contents import contents_of
from catalogue.cards import Card, cards_by_key, cards_for
from catalogue.models import BoxItem, GiftBox, Product
from catalogue.pictures.models import Rendition
from catalogue.pictures.specs import CARD_SPECS
from shop.partner.models import Partner, StockRecord
from tests.catalogue.boxes.making import a_box_to_change, a_box_to_fill
from tests.catalogue.making import a_picture_of, a_variant
from tests.factories import (
    a_certificate,
    a_gift_box,
    a_lot,
    a_producer,
    a_product,
    a_spirit,
    a_stock_record,
)

pytestmark = pytest.mark.django_db


def card(product: Product) -> Card:
    return cards_by_key([product.pk])[0]


def drawn(product: Product, **how: Any) -> str:
    return render_to_string("components/product_card.html", {"card": card(product), **how})


def a_full_shelf() -> list[Product]:
    """Variants, a sale, a dossier on its way, pictures in several sizes, none of all that."""
    tea = a_product("Trà hoa vàng", price=None, net_quantity=Decimal("0.5"))
    a_variant(tea, "100 g", price=850_000)
    a_variant(tea, "50 g", price=450_000, stock=2, net_quantity=Decimal("12.5"))
    a_variant(tea, "Nháp", price=1_000, live=False)
    longan = a_product("Long nhãn", price=None, abv=Decimal("4.5"), season_mask=0b101)
    now = timezone.now()
    a_stock_record(
        longan,
        price=180_000,
        stock=5,
        sale_price=150_000,
        sale_starts_at=now - timedelta(days=1),
        sale_ends_at=now + timedelta(days=1),
    )
    a_certificate(longan, stars=None, registered_year=2024)
    a_certificate(longan, stars=4)
    for name in ("Trước", "Sau"):
        image = a_picture_of(longan, name)
        for spec in CARD_SPECS[:2]:
            Rendition.objects.create(
                image=image.original,
                filter_spec=spec,
                focal_point_key="2e16d0ba",
                width=int(spec[5:8]),
                height=int(spec[5:8]),
                file=f"images/{name}.{spec}.webp",
            )
    bare = a_product("Bánh mật", price=None, title_en="Molasses cake", english_ready=True)
    return [tea, longan, bare]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_card_of_one_query_says_what_one_of_loaded_rows_says(language: str) -> None:
    goods = a_full_shelf()
    with translation.override(language):
        rows = Product.objects.for_cards().filter(pk__in=[each.pk for each in goods])
        assert {each.product.pk: each for each in cards_for(rows)} == {
            each.pk: card(each) for each in goods
        }


def test_a_page_of_cards_is_one_query_drawn_or_not(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    keys = [each.pk for each in a_full_shelf()]
    cards_by_key([10**9])  # Django asks SQLite once whether it knows JSON
    with django_assert_num_queries(1):
        for each in cards_by_key(keys):
            render_to_string("components/product_card.html", {"card": each})


def test_a_card_is_made_and_drawn_once_while_nothing_changes() -> None:
    goods = a_product("Khoai lang sấy")
    first = card(goods)
    assert drawn(goods) == drawn(goods)
    assert card(goods) is first


def _renamed(goods: Product) -> None:
    Product.objects.filter(pk=goods.pk).update(title="Tên mới")


def _dearer(goods: Product) -> None:
    StockRecord.objects.filter(product=goods).update(price=77_000)


def _nearly_gone(goods: Product) -> None:
    StockRecord.objects.filter(product=goods).update(num_in_stock=3)


def _starred(goods: Product) -> None:
    a_certificate(goods, stars=5)


def _pictured(goods: Product) -> None:
    a_picture_of(goods, "Ảnh mới")


def _of_another_name(goods: Product) -> None:
    Partner.objects.filter(pk=goods.producer_id).update(name="Hợp tác xã khác")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_renamed, "Tên mới"),
        (_dearer, "77.000"),
        (_nearly_gone, "Chỉ còn 3"),
        (_starred, "OCOP 5 sao"),
        (_pictured, "Ảnh mới"),
        (_of_another_name, "Hợp tác xã khác"),
    ],
)
def test_a_kept_card_says_the_new_at_once(change: Callable[[Product], None], words: str) -> None:
    """Even when the row is written behind the back of every signal."""
    goods = a_product("Tên cũ", price=50_000, producer=a_producer("Hợp tác xã"))
    assert words not in drawn(goods)
    change(goods)
    assert words in drawn(goods)


def test_a_kept_card_forgets_a_sale_that_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    goods = a_product(price=None)
    ends = timezone.now() + timedelta(minutes=5)
    a_stock_record(goods, price=180_000, stock=5, sale_price=150_000, sale_ends_at=ends)
    assert "150.000" in drawn(goods)
    monkeypatch.setattr(timezone, "now", lambda: ends)
    assert "150.000" not in drawn(goods)


def test_a_card_is_drawn_in_the_language_asked_for() -> None:
    goods = a_product("Bánh mật", title_en="Molasses cake", english_ready=True)
    assert "Lưu Bánh mật" in drawn(goods)
    with translation.override("en"):
        assert "Molasses cake" in drawn(goods) and "Lưu" not in drawn(goods)


def test_the_same_card_differs_by_where_it_stands() -> None:
    goods = a_product()
    a_picture_of(goods)
    assert 'fetchpriority="high"' in drawn(goods, eager=True)
    assert 'loading="lazy"' in drawn(goods)


def test_what_is_gone_has_no_card() -> None:
    shown, hidden, archived = (a_product(f"Món {n}") for n in range(3))
    Product.objects.filter(pk=hidden.pk).update(live=False, is_public=False)
    Product.objects.filter(pk=archived.pk).update(archived_at=timezone.now())
    found = cards_by_key([archived.pk, shown.pk, hidden.pk, 10**9])
    assert [each.product.pk for each in found] == [shown.pk]


def test_drinks_are_left_out_for_those_who_may_not_see_them() -> None:
    spirit = a_spirit()
    assert cards_by_key([spirit.pk], with_alcohol=False) == []
    assert cards_by_key([spirit.pk])[0].product.pk == spirit.pk


def a_shelf_of_boxes() -> list[Product]:
    """Of variants, with lots, by the sum, to be filled, without a price, sold out, empty."""
    tea = a_product("Trà hoa vàng", price=None)
    small = a_variant(tea, "50 g", price=450_000, stock=3)
    a_lot(tea)
    cake = a_product("Bánh mật", price=60_000, stock=9, title_en="Cake", english_ready=True)
    a_lot(cake)
    bare = a_gift_box("Chưa có cách đóng", of={cake: 1})
    bare.gift_box.delete()
    gift = {"pricing": "sum", "percent_off": 10, "wrapping_price": 20_000, "min_days_left": 30}
    choices = {cake: 2, small: 1}
    return [
        bare,
        a_gift_box("Giá riêng", of={small: 1, cake: 2}, gift={"min_days_left": 500}),
        a_gift_box("Tính tổng", of={small: 1, cake: 2}, stock=None, gift=gift),
        a_gift_box("Không đủ", of={small: 4}),
        a_gift_box("Trống", of={}),
        a_box_to_fill(choices=choices, producer=bare.producer),
        a_box_to_change(of={cake: 1}, swappable={cake}, choices={small: 1}),
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_gift_box_of_one_query_says_what_one_of_loaded_rows_says(language: str) -> None:
    keys = [each.pk for each in a_shelf_of_boxes()]
    with translation.override(language):
        loaded = {each.product.pk: each for each in cards_for(Product.objects.for_cards())}
        read = cards_by_key(keys)
    assert read == [loaded[key] for key in keys]
    assert len({(each.price and each.price.text, each.stock.words) for each in read}) > 4
    for each in read:
        inside, before = (contents_of(one.product) for one in (each, loaded[each.product.pk]))
        assert inside.parts == before.parts
        assert [part.product.display_title for part in inside.parts] == [
            part.product.display_title for part in before.parts
        ]
        assert (inside.left, inside.price, inside.grams, inside.keeps_days) == (
            before.left,
            before.price,
            before.grams,
            before.keeps_days,
        )


def test_gift_boxes_that_were_met_before_are_read_in_the_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    keys = [each.pk for each in (*a_shelf_of_boxes(), *a_full_shelf())]
    cards_by_key(keys)
    a_gift_box("Hộp mới", of={Product.objects.get(title="Long nhãn"): 1})
    with django_assert_num_queries(1):
        assert len(cards_by_key(keys)) == len(keys)


def test_a_gift_box_is_kept_drawn_while_nothing_in_it_changes() -> None:
    box = a_gift_box(of={a_product(): 2})
    first = card(box)
    assert card(box) is first


def _scarce(cake: Product, box: Product) -> None:
    StockRecord.objects.filter(product=cake).update(num_in_stock=6)


def _gone(cake: Product, box: Product) -> None:
    StockRecord.objects.filter(product=cake).update(num_in_stock=1)


def _more_of_it(cake: Product, box: Product) -> None:
    BoxItem.objects.filter(box=box).update(quantity=3)


def _off_sale(cake: Product, box: Product) -> None:
    Product.objects.filter(pk=cake.pk).update(live=False, is_public=False)


def _less_off(cake: Product, box: Product) -> None:
    GiftBox.objects.filter(product=box).update(percent_off=0)


def _reduced(cake: Product, box: Product) -> None:
    StockRecord.objects.filter(product=cake).update(sale_price=40_000)


def _recalled(cake: Product, box: Product) -> None:
    a_lot(cake, recalled_on=timezone.localdate())


def _spirits(cake: Product, box: Product) -> None:
    Product.objects.filter(pk=cake.pk).update(abv=Decimal(29))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_scarce, "Chỉ còn 3"),
        (_gone, "Hết hàng"),
        (_more_of_it, "162.000"),
        (_off_sale, "Hết hàng"),
        (_less_off, "120.000"),
        (_reduced, "72.000"),
        (_recalled, "Hết hàng"),
        (_spirits, "120.000"),
    ],
)
def test_a_kept_gift_box_follows_its_contents_at_once(
    change: Callable[[Product, Product], None], words: str
) -> None:
    """Even when the row is written behind the back of every signal."""
    cake = a_product("Bánh mật", price=60_000, stock=20, shelf_life_days=200)
    gift = {"pricing": "sum", "percent_off": 10, "min_days_left": 30}
    box = a_gift_box(of={cake: 2}, stock=None, gift=gift)
    before = drawn(box)
    assert "108.000" in before
    change(cake, box)
    assert words in drawn(box) != before


def test_a_kept_gift_box_forgets_a_sale_of_something_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ends = timezone.now() + timedelta(minutes=5)
    cake = a_product("Bánh mật", price=None)
    a_stock_record(cake, price=60_000, stock=20, sale_price=50_000, sale_ends_at=ends)
    box = a_gift_box(of={cake: 2}, gift={"pricing": "sum"})
    assert "100.000" in drawn(box)
    monkeypatch.setattr(timezone, "now", lambda: ends)
    assert "120.000" in drawn(box)


def test_no_letter_of_a_producer_breaks_a_card() -> None:
    """A private letter once stood where the title goes: one in a name broke every list."""
    odd = "\ue000\ue000"
    product = a_product(f"Mật {odd}", producer=a_producer(f"HTX {odd}"), summary=odd)
    shown = drawn(product)
    assert "HTX" in shown and "Mật" in shown

"""What a card says: the lowest price, stars of today, words of stock."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from catalogue.cards import Card, cards_for
from catalogue.models import Product
from tests.catalogue.making import a_picture_of, a_variant
from tests.factories import a_certificate, a_product, a_stock_record

pytestmark = pytest.mark.django_db


def card(product: Product) -> Card:
    return cards_for(Product.objects.for_cards().filter(pk=product.pk))[0]


def test_card_shows_the_lowest_variant_price_not_the_first() -> None:
    tea = a_product("Trà hoa vàng", price=None)
    a_variant(tea, "100 g", price=850_000)
    a_variant(tea, "50 g", price=450_000)
    price = card(tea).price
    assert price is not None
    assert (price.text, price.is_from) == ("450.000\u00a0₫", True)


def test_equal_variant_prices_need_no_from() -> None:
    cake = a_product(price=None)
    a_variant(cake, "nhân đỗ", price=60_000)
    a_variant(cake, "nhân lạc", price=60_000)
    price = card(cake).price
    assert price is not None and not price.is_from


def test_draft_variants_have_no_say_in_the_price() -> None:
    cake = a_product(price=None)
    a_variant(cake, "10 chiếc", price=60_000)
    a_variant(cake, "5 chiếc", price=10_000, live=False)
    price = card(cake).price
    assert price is not None and price.amount == 60_000


def test_sale_price_stands_beside_the_struck_one() -> None:
    longan = a_product(price=None)
    a_stock_record(longan, price=180_000, stock=5, sale_price=150_000)
    price = card(longan).price
    assert price is not None
    assert (price.text, price.before_text) == ("150.000\u00a0₫", "180.000\u00a0₫")


def test_sale_of_yesterday_is_over() -> None:
    longan = a_product(price=None)
    yesterday = timezone.now() - timedelta(days=1)
    a_stock_record(longan, price=180_000, stock=5, sale_price=150_000, sale_ends_at=yesterday)
    price = card(longan).price
    assert price is not None
    assert (price.amount, price.before) == (180_000, None)


def test_unit_price_is_told() -> None:
    price = card(a_product(price=60_000, net_quantity=800)).price
    assert price is not None and price.unit_text == "75.000\u00a0₫/kg"


def test_valid_stars_are_shown_with_words() -> None:
    tea = a_product()
    a_certificate(tea, stars=4)
    assert (card(tea).stars, card(tea).stars_text) == (4, "OCOP 4 sao")


def test_registered_dossier_is_a_quiet_word_without_stars() -> None:
    cake = a_product()
    a_certificate(cake, stars=None, registered_year=2024)
    assert card(cake).stars == 0
    assert card(cake).registered_text == "Đăng ký OCOP 2024, chưa có quyết định"


@pytest.mark.parametrize("change", ["expired", "revoked"])
def test_ended_certificates_leave_nothing_on_the_card(change: str) -> None:
    today = timezone.localdate()
    cake = a_product()
    ends = {"expires_on": today} if change == "expired" else {"revoked_on": today}
    a_certificate(cake, stars=4, **ends)
    assert (card(cake).stars, card(cake).stars_text, card(cake).registered_text) == (0, "", "")


@pytest.mark.parametrize(("stock", "words"), [(0, "Hết hàng"), (3, "Chỉ còn 3"), (40, "Còn nhiều")])
def test_stock_is_told_in_words(stock: int, words: str) -> None:
    assert card(a_product(stock=stock)).stock.words == words


def test_goods_without_a_price_are_not_for_sale() -> None:
    shown = card(a_product(price=None))
    assert (shown.stock.words, shown.is_available) == ("Chưa bán", False)


def test_badges_tell_what_sets_it_apart() -> None:
    month = timezone.localdate().month
    nem = a_product(
        freight_class="chilled", season_mask=1 << (month - 1), gift_ready=True, is_sample=True
    )
    assert [badge.kind for badge in card(nem).badges] == ["chilled", "season", "gift", "sample"]
    assert "adult" in [badge.kind for badge in card(a_product(abv=30)).badges]


def test_english_waits_until_it_is_ready() -> None:
    cake = a_product("Bánh mật", title_en="Molasses cake")
    with translation.override("en"):
        assert (card(cake).title, card(cake).lang) == ("Bánh mật", "vi")
        Product.objects.filter(pk=cake.pk).update(english_ready=True)
        assert (card(cake).title, card(cake).lang) == ("Molasses cake", "en")


def _queries_for(count: int) -> int:
    for number in range(count):
        product = a_product(f"Món {number}", price=None)
        a_variant(product, "nhỏ", price=10_000)
        a_variant(product, "to", price=20_000)
        a_certificate(product)
        a_picture_of(product)
    with CaptureQueriesContext(connection) as queries:
        cards = cards_for(Product.objects.for_cards().filter(parent=None))
    assert len(cards) == Product.objects.filter(parent=None).count()
    return len(queries)


def test_thirty_cards_cost_no_more_queries_than_three() -> None:
    assert _queries_for(3) == _queries_for(27)

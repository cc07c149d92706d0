"""What pages show of products: decided when the page is shown."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.seasons import mask_of
from cms.goods import RowRule, Rule, keys_by_rule
from shop.pagecache.edition import next_edition
from tests.cms.making import a_row, a_story, cards_of
from tests.factories import a_certificate, a_home, a_product, a_spirit

pytestmark = pytest.mark.django_db


def _queries_of(client: Client, url: str) -> int:
    for _turn in range(2):  # with the first page of all an edition begins
        client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_story_shows_the_product_card_with_its_price(client: Client) -> None:
    a_home()
    honey = a_product("Mật ong bạc hà", price=150_000)
    page = a_story(body=cards_of(honey))

    html = client.get(page.url).content.decode()

    assert "Mật ong bạc hà" in html
    assert "150.000" in html


def test_a_deleted_product_leaves_the_page_standing(client: Client) -> None:
    a_home()
    honey, tea = a_product("Mật ong bạc hà"), a_product("Trà hoa vàng")
    page = a_story(body=cards_of(honey, tea))
    honey.stockrecords.all().delete()
    honey.delete()

    html = client.get(page.url).content.decode()

    assert "Mật ong bạc hà" not in html
    assert "Trà hoa vàng" in html


@pytest.mark.parametrize("change", [{"live": False}, {"archived_at": "2026-01-01T00:00:00Z"}])
def test_a_product_taken_off_the_market_is_not_shown(client: Client, change: dict) -> None:
    a_home()
    honey = a_product("Mật ong bạc hà")
    page = a_story(body=cards_of(honey), product=honey)
    for name, value in change.items():
        setattr(honey, name, value)
    honey.save()

    html = client.get(page.url).content.decode()

    assert "Mật ong bạc hà" not in html


def test_alcohol_is_never_shown_on_a_page(client: Client) -> None:
    a_home()
    wine = a_spirit("Rượu nếp thử")
    page = a_story(body=cards_of(wine), product=wine)

    html = client.get(page.url).content.decode()

    assert "Rượu nếp thử" not in html
    assert 'name="robots" content="noindex"' in html
    for rule in (Rule.NEW, Rule.SEASON, Rule.GIFT):
        assert wine.pk not in keys_by_rule(RowRule(rule, limit=12))


def test_twelve_cards_cost_no_more_queries_than_two(client: Client) -> None:
    a_home()
    few = a_story("Hai món", body=cards_of(*(a_product(f"Món {n}") for n in range(2))))
    many = a_story("Mười hai món", body=cards_of(*(a_product(f"Thứ {n}") for n in range(12))))

    assert _queries_of(client, many.url) == _queries_of(client, few.url) <= 20


def test_a_seasonal_row_begins_with_what_is_in_season() -> None:
    all_year = a_product("An quanh năm")
    potato = a_product("Khoai lang", season_mask=mask_of([12, 1, 2]))
    longan = a_product("Long nhãn", season_mask=mask_of([8, 9]))

    with time_machine.travel(date(2026, 12, 15)):
        keys = keys_by_rule(RowRule(Rule.SEASON, limit=4))

    assert keys == [potato.pk, all_year.pk]
    assert longan.pk not in keys


def test_a_row_out_of_season_says_so(client: Client) -> None:
    home = a_home()
    a_product("An quanh năm")
    home.body = a_row("season", otherwise="Tháng này chưa món nào vào mùa.")
    home.save_revision().publish()

    html = client.get("/").content.decode()

    assert "Tháng này chưa món nào vào mùa." in html
    assert "An quanh năm" in html
    assert "Đang vào mùa</h2>" not in html


def test_a_row_holds_only_what_can_be_bought() -> None:
    sold_out = a_product("Hết rồi", stock=0)
    here = a_product("Còn đây")

    assert keys_by_rule(RowRule(Rule.NEW, limit=4)) == [here.pk]
    assert sold_out.pk not in keys_by_rule(RowRule(Rule.SEASON, limit=4))


def test_a_row_is_filled_from_behind_many_that_are_sold_out() -> None:
    for number in range(9):
        a_product(f"Bán hết {number}", stock=0, gift_ready=True)
    last = a_product("Còn hàng", gift_ready=True)
    assert keys_by_rule(RowRule(Rule.GIFT, limit=1)) == [last.pk]
    assert keys_by_rule(RowRule(Rule.GIFT, limit=4)) == [last.pk]


def test_a_row_of_stars_follows_the_certificates() -> None:
    starred, lapsed, plain = a_product("Bốn sao"), a_product("Đã hết hạn"), a_product("Chưa có")
    a_certificate(starred)
    a_certificate(lapsed, decided_on=date(2020, 1, 1))

    assert keys_by_rule(RowRule(Rule.STARS, limit=4)) == [starred.pk]
    assert plain.pk


def test_home_costs_twelve_queries_whatever_it_shows(client: Client) -> None:
    home = a_home()
    a_product("Món một")
    home.body = a_row("new", limit=12)
    home.save_revision().publish()
    few = _queries_of(client, "/")
    for number in range(11):
        a_product(f"Món thêm {number}")

    next_edition()

    assert _queries_of(client, "/") == few <= 12
    assert client.get("/").content.decode().count("product-card__title") == 12

"""The public pages of producers."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from shop.partner.models import Partner
from shop.partner.pages import ProducerPage
from shop.places.models import FormerCommune, Ward
from tests.catalogue.making import a_picture_of, a_variant
from tests.factories import a_certificate, a_producer, a_product, a_spirit

pytestmark = pytest.mark.django_db


def test_a_producer_is_told_with_present_and_former_place(client: Client) -> None:
    maker = a_producer(
        "Hộ kinh doanh Nội Chùa",
        kind=Partner.Kind.HOUSEHOLD,
        hamlet="thôn Nội Chùa",
        ward=Ward.objects.get(code="07498"),
        former_commune=FormerCommune.objects.get(name="Yên Sơn", former_district="Lục Nam"),
        intro="Trồng khoai.",
    )
    a_product("Khoai lang Yên Sơn", producer=maker)
    a_product("Bánh của nhà khác")
    page = client.get(maker.get_absolute_url()).content.decode()
    for words in (
        "Hộ kinh doanh Nội Chùa", "thôn Nội Chùa, xã Bắc Lũng, TP Bắc Ninh",
        "Trước 7/2025: xã Yên Sơn, huyện Lục Nam, tỉnh Bắc Giang", "Trồng khoai.",
        "Khoai lang Yên Sơn",
    ):  # fmt: skip
        assert words in page
    assert "Bánh của nhà khác" not in page


def test_an_unknown_address_is_said_not_made_up(client: Client) -> None:
    page = client.get(a_producer(ward=None, hamlet="").get_absolute_url()).content.decode()
    assert "Địa chỉ chưa được công bố." in page


def test_hidden_producers_have_no_page(client: Client) -> None:
    hidden = a_producer("Ẩn", is_public=False)
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert "Ẩn" not in client.get("/nha-san-xuat/").content.decode().split("<main")[1]


def test_drafts_are_neither_shown_nor_counted(client: Client) -> None:
    maker = a_producer()
    a_product("Bánh", producer=maker)
    a_product("Nháp", producer=maker, live=False)
    a_variant(a_product("Nem", producer=maker, price=None), "gói", price=1)
    assert "Nháp" not in client.get(maker.get_absolute_url()).content.decode()
    assert "2 món" in client.get("/nha-san-xuat/").content.decode()


def test_alcohol_of_a_producer_waits_for_the_age(client: Client) -> None:
    maker = a_producer()
    a_product("Mật ong", producer=maker)
    a_product("Rượu đông trùng", producer=maker, abv=30)
    page = client.get(maker.get_absolute_url()).content.decode()
    assert "Rượu đông trùng" not in page and "1 món có cồn" in page
    assert "1 món" in client.get("/nha-san-xuat/").content.decode()
    client.post("/du-18-tuoi/")
    assert "Rượu đông trùng" in client.get(maker.get_absolute_url()).content.decode()
    assert "2 món" in client.get("/nha-san-xuat/").content.decode()


def test_the_drawn_map_marks_the_commune_and_says_that_it_is_drawn(client: Client) -> None:
    maker = a_producer(ward=Ward.objects.get(code="07498"))
    page = client.get(maker.get_absolute_url()).content.decode()
    figure = page.split('<figure class="place-map">')[1].split("</figure>")[0]
    assert 'aria-label="Sơ đồ vùng Lục Nam, đánh dấu: Bắc Lũng"' in figure
    assert figure.count("place-map__area is-marked") == 1
    assert "không theo tỉ lệ" in figure


def test_a_place_outside_the_sketch_gets_no_map(client: Client) -> None:
    outside = Ward.objects.filter(province_id="01").first()
    for maker in (a_producer(ward=outside), a_producer(ward=None, hamlet="")):
        assert "place-map" not in client.get(maker.get_absolute_url()).content.decode()


def test_the_list_marks_every_commune_with_a_maker(client: Client) -> None:
    for code in ("07498", "07492"):
        a_producer(ward=Ward.objects.get(code=code))
    page = client.get("/nha-san-xuat/").content.decode()
    assert "đánh dấu: Lục Sơn, Bắc Lũng" in page


def _queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_many_products_cost_no_more_queries_than_few(client: Client) -> None:
    def maker_of(count: int) -> str:
        maker = a_producer(ward=Ward.objects.get(code="07498"))
        for number in range(count):
            product = a_product(f"Món {number}", producer=maker, price=None)
            a_variant(product, "nhỏ", price=1)
            a_certificate(product)
            a_picture_of(product)
        return maker.get_absolute_url()

    assert _queries(client, maker_of(20)) == _queries(client, maker_of(2))


def test_many_producers_cost_no_more_queries_than_few(client: Client) -> None:
    a_product()
    few = _queries(client, "/nha-san-xuat/")
    for number in range(15):
        a_product(producer=a_producer(f"HTX {number}", ward=Ward.objects.get(code="07498")))
    assert _queries(client, "/nha-san-xuat/") == few


def test_two_producers_of_one_name_have_two_addresses(client: Client) -> None:
    first, second = a_producer("Hộ kinh doanh Lâm"), a_producer("Hộ kinh doanh Lâm")
    assert (first.slug, second.slug) == ("ho-kinh-doanh-lam", "ho-kinh-doanh-lam-2")
    assert client.get(second.get_absolute_url()).status_code == 200


def test_what_a_producer_makes_is_read_like_every_list_of_goods(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    maker = a_producer()
    honey, spirit = a_product("Mật ong", producer=maker), a_spirit("Rượu", producer=maker)
    page = ProducerPage(maker, shows_alcohol=False)
    with django_assert_num_queries(2):
        assert [card.title for card in page.cards] == [honey.title]
        assert page.hidden_alcohol == 1
    grown_up = ProducerPage(maker, shows_alcohol=True)
    assert [card.title for card in grown_up.cards] == [spirit.title, honey.title]
    assert grown_up.hidden_alcohol == 0

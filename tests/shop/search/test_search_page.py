"""The search page: counts by kind, cards, corrections, and what may not be shown."""

import pytest
from django.test import Client

from catalogue.age import AGE_COOKIE, CONFIRMED
from tests.factories import a_home, a_producer, a_product, a_spirit

pytestmark = pytest.mark.django_db


def found(client: Client, query: str, **more: str) -> str:
    response = client.get("/tim-kiem/", {"q": query, **more})
    assert response.status_code == 200
    return response.content.decode()


def test_products_and_makers_are_found_and_counted(client: Client) -> None:
    a_home()
    maker = a_producer("Tổ hợp tác bánh mật")
    a_product("Bánh mật Thanh Lâm", producer=maker)
    page = found(client, "banh mat")
    assert "Bánh mật Thanh Lâm" in page
    assert "Sản phẩm (1)" in page
    assert "Nhà sản xuất (1)" in page
    assert maker.get_absolute_url() in found(client, "banh mat", loai="producer")


def test_a_slip_is_corrected_in_words(client: Client) -> None:
    a_home()
    a_product("Khoai lang Yên Sơn")
    page = found(client, "khoai lag")
    assert "Có phải bạn tìm" in page
    assert "Khoai lang Yên Sơn" in page


def test_who_finds_nothing_is_offered_something(client: Client) -> None:
    a_home()
    a_product("Khoai lang Yên Sơn")
    page = found(client, "máy bay")
    assert "Không thấy gì hợp với từ này" in page
    assert "Khoai lang Yên Sơn" in page


def test_alcohol_is_found_only_after_the_age_is_confirmed(client: Client) -> None:
    a_home()
    a_spirit("Rượu đông trùng hạ thảo")
    assert "Rượu đông trùng hạ thảo" not in found(client, "ruou")
    client.cookies[AGE_COOKIE] = CONFIRMED
    assert "Rượu đông trùng hạ thảo" in found(client, "ruou")


def test_drafts_are_not_found(client: Client) -> None:
    a_home()
    a_product("Khoai lang Yên Sơn", live=False)
    assert "Sản phẩm (1)" not in found(client, "khoai lang")


@pytest.mark.parametrize(
    "query", ["", "<script>alert(1)</script>", "'\"--", "%", "a" * 5000, "\x00khoai"]
)
def test_nothing_typed_breaks_the_page(client: Client, query: str) -> None:
    a_home()
    page = found(client, query, trang="99", loai="gì đó")
    assert "<script>alert" not in page


def test_queries_do_not_grow_with_hits(client: Client, django_assert_max_num_queries) -> None:
    a_home()
    for _number in range(8):
        a_product("Khoai lang")
    client.get("/tim-kiem/", {"q": "khoai"})  # what is kept is kept now
    with django_assert_max_num_queries(14):
        found(client, "khoai")

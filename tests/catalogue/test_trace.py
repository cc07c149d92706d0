"""Trace pages: every state says what to do."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from shop.places.models import Ward
from tests.catalogue.making import a_variant
from tests.factories import a_lot, a_producer, a_product

pytestmark = pytest.mark.django_db


def test_a_lot_within_its_date_tells_who_where_and_when(client: Client) -> None:
    maker = a_producer(
        "Tổ hợp tác bánh mật", hamlet="thôn Già Khê", ward=Ward.objects.get(code="07462")
    )
    lot = a_lot(
        a_product("Bánh mật Thanh Lâm", producer=maker), "BM-2611-04", produced_on=date(2026, 11, 1)
    )
    page = client.get(lot.get_absolute_url()).content.decode()
    for words in (
        "Lô còn hạn dùng", "Bánh mật Thanh Lâm", "BM-2611-04", "Tổ hợp tác bánh mật",
        "thôn Già Khê, xã Bảo Đài, TP Bắc Ninh", "01/11/2026", f"{lot.best_before:%d/%m/%Y}",
    ):  # fmt: skip
        assert words in page
    assert "Dữ liệu mẫu:" not in page


def test_a_sample_lot_says_so(client: Client) -> None:
    lot = a_lot(a_product(), is_sample=True)
    assert "Dữ liệu mẫu:" in client.get(lot.get_absolute_url()).content.decode()


def test_a_lot_may_be_used_on_its_last_day_and_not_after(client: Client) -> None:
    today = timezone.localdate()
    last = a_lot(a_product(), "CUOI", best_before=today)
    past = a_lot(a_product(), "QUA", best_before=today - timedelta(days=1))
    assert "Lô còn hạn dùng" in client.get(last.get_absolute_url()).content.decode()
    assert "Lô đã quá hạn dùng" in client.get(past.get_absolute_url()).content.decode()


def test_a_recalled_lot_says_so_with_its_reason(client: Client) -> None:
    lot = a_lot(a_product(), recalled_on=timezone.localdate(), recall_reason="Lỗi bao gói.")
    page = client.get(lot.get_absolute_url()).content.decode()
    assert "Lô đã bị thu hồi" in page and "Lỗi bao gói." in page and "đừng dùng" in page


def test_an_unknown_code_gets_a_page_that_says_so(client: Client) -> None:
    response = client.get("/truy-xuat/KHONG-CO/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "Không có mã lô này" in page and "KHONG-CO" in page and 'name="ma"' in page


def test_a_code_of_strange_letters_is_unknown_and_harmless(client: Client) -> None:
    response = client.get("/truy-xuat/%3Cscript%3Ealert(1)%3C%2Fscript%3E/")
    assert response.status_code == 404
    assert "<script>alert" not in response.content.decode().lower()
    assert client.get("/truy-xuat/%00/").status_code == 404


@pytest.mark.parametrize("typed", ["BM-2611-04", "bm-2611-04", " bm-2611 -04 "])
def test_the_form_forgives_how_the_code_is_typed(client: Client, typed: str) -> None:
    a_lot(a_product(), "BM-2611-04")
    response = client.get("/truy-xuat/", {"ma": typed})
    assert response["Location"] == "/truy-xuat/BM-2611-04/"


def test_an_empty_form_asks_for_the_code(client: Client) -> None:
    assert "Xin nhập mã lô" not in client.get("/truy-xuat/").content.decode()
    assert "Xin nhập mã lô" in client.get("/truy-xuat/", {"ma": " "}).content.decode()


def test_a_lot_of_a_variant_shows_the_product_it_belongs_to(client: Client) -> None:
    cake = a_product("Bánh mật", price=None)
    lot = a_lot(a_variant(cake, "10 chiếc", price=1))
    page = client.get(lot.get_absolute_url()).content.decode()
    assert "Bánh mật, 10 chiếc" in page and f'href="/san-pham/{cake.slug}/"' in page


def test_a_lot_of_goods_no_longer_sold_still_answers(client: Client) -> None:
    product = a_product(archived_at=timezone.now())
    page = client.get(a_lot(product).get_absolute_url()).content.decode()
    assert "Lô còn hạn dùng" in page and f"/san-pham/{product.slug}/" not in page

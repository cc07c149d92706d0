"""The producer's first page on a phone: goods are counted by pressing plus and minus."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from catalogue.models import Product
from tests.browser.looking import overflow_px, sign_in
from tests.factories import a_producer, a_product, a_user, an_order


@pytest.fixture
def cake() -> Product:
    return a_product("Bánh mật Thanh Lâm", producer=a_producer(members=[a_user()]), stock=10)


def left_of(product: Product) -> int:
    left: int = product.stockrecords.get().net_stock_level
    return left


def home_of(product: Product, page: Page) -> Page:
    assert product.producer is not None
    sign_in(page, product.producer.users.get())
    page.goto(reverse("producers:home"))
    return page


def test_pressing_plus_three_times_adds_three_and_nothing_is_left_to_save(
    cake: Product, phone: Page
) -> None:
    an_order(cake)
    home_of(cake, phone)
    assert overflow_px(phone) <= 0
    expect(phone.get_by_role("button", name="Lưu số lượng")).to_be_hidden()
    for _time in range(3):
        phone.get_by_role("button", name="Thêm một").click()
    expect(phone.get_by_text("Đã lưu: còn 12.")).to_be_visible()
    phone.get_by_role("button", name="Bớt một").click()
    expect(phone.get_by_text("Đã lưu: còn 11.")).to_be_visible()
    assert left_of(cake) == 11


def test_who_counts_while_somebody_buys_is_told_and_may_save_again(
    cake: Product, phone: Page
) -> None:
    home_of(cake, phone)
    an_order(cake, 4)
    phone.get_by_role("button", name="Thêm một").click()
    expect(phone.get_by_text("nay còn 6")).to_be_visible()
    assert left_of(cake) == 6
    phone.get_by_role("button", name="Lưu số lượng").click()
    expect(phone.get_by_text("Đã lưu: còn 11.")).to_be_visible()
    assert left_of(cake) == 11


def test_without_javascript_a_number_is_typed_and_saved(
    cake: Product, phone_without_js: Page
) -> None:
    page = home_of(cake, phone_without_js)
    page.get_by_label("Bánh mật Thanh Lâm").fill("15")
    page.get_by_role("button", name="Lưu số lượng").click()
    expect(page.get_by_text("Bánh mật Thanh Lâm: còn 15.")).to_be_visible()
    assert page.url.endswith(f"/kenh-san-xuat/#mon-{cake.pk}")
    assert left_of(cake) == 15

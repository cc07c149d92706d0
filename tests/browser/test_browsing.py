"""Finding one's way in the list of products, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import complaints_of, overflow_px, screenshot
from tests.catalogue.making import a_variant
from tests.factories import a_product, a_shop


def _stock_up() -> None:
    a_shop()
    for number in range(8):
        a_product(f"Mật ong {number}", price=40_000 + number * 10_000)
    a_product("Nem chua", price=70_000, freight_class="chilled")


def test_a_filter_works_in_place_and_back_undoes_it(phone: Page) -> None:
    _stock_up()
    complaints = complaints_of(phone)
    phone.goto("/san-pham/")
    phone.evaluate("window.samePage = true")
    phone.get_by_text("Lọc", exact=True).click()
    phone.get_by_label("Hàng lạnh").scroll_into_view_if_needed()
    before = phone.evaluate("scrollY")
    phone.get_by_label("Hàng lạnh").check()
    expect(phone).to_have_url(re.compile(r"\?lanh=1$"))
    expect(phone.locator(".product-card")).to_have_count(1)
    assert phone.evaluate("window.samePage")
    # The sheet stays open, where it was.
    expect(phone.get_by_label("Hàng lạnh")).to_be_checked()
    assert phone.evaluate("scrollY") <= before
    phone.go_back()
    expect(phone.locator(".product-card")).to_have_count(9)
    assert complaints == []


def test_the_order_changes_in_place(desktop: Page) -> None:
    _stock_up()
    desktop.goto("/san-pham/")
    desktop.get_by_label("Xếp theo").select_option("gia-giam")
    expect(desktop).to_have_url(re.compile(r"\?sap=gia-giam$"))
    expect(desktop.locator(".product-card__title").first).to_have_text("Mật ong 7")


def test_filters_work_without_javascript(phone_without_js: Page) -> None:
    _stock_up()
    page = phone_without_js
    page.goto("/san-pham/")
    page.get_by_text("Lọc", exact=True).click()
    page.get_by_label("Hàng lạnh").check()
    page.get_by_role("button", name="Xem kết quả").click()
    expect(page.locator(".product-card")).to_have_count(1)
    page.get_by_role("link", name="Bỏ hết").click()
    expect(page.locator(".product-card")).to_have_count(9)


@pytest.mark.parametrize("screen", ["phone", "tablet", "desktop"])
def test_lists_and_products_fit_every_screen(screen: str, request: pytest.FixtureRequest) -> None:
    _stock_up()
    cake = a_product("Bánh mật Thanh Lâm gói lá chuối khô của tổ hợp tác", price=None)
    a_variant(cake, "Hộp quà ba mươi chiếc", price=1_650_000, stock=0)
    a_variant(cake, "10 chiếc", price=60_000)
    page: Page = request.getfixturevalue(screen)
    complaints = complaints_of(page)
    for path in ("/san-pham/", cake.get_absolute_url(), "/nha-san-xuat/", "/truy-xuat/"):
        page.goto(path)
        screenshot(page, f"browse {path.strip('/')}")
        assert overflow_px(page) <= 0
    assert complaints == []

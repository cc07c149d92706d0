"""A guest buys on a phone, without JavaScript and with it."""

import re

import pytest
from playwright.sync_api import Page, expect

from catalogue.models import Product
from shop.order.models import Order
from tests.factories import PASSWORD, a_buyer, a_product, a_shop, a_variant_product


@pytest.fixture
def goods() -> Product:
    """Sweet potato in two sizes, beside one other thing."""
    a_shop()
    a_product("Long nhãn Lục Sơn", price=180_000)
    return a_variant_product(
        "Khoai lang Yên Sơn", variants={"1 kg": (45_000, 10), "3 kg": (120_000, 5)}
    )


def put_into_basket(page: Page, goods: Product) -> None:
    page.goto("/")
    page.goto("/san-pham/")
    page.get_by_role("link", name="Khoai lang Yên Sơn").first.click()
    page.get_by_label(re.compile("3 kg")).check()
    # Wait for the answer: whoever walks on sooner stands before an empty basket.
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Thêm vào giỏ").click()


def fill_in_receiver(page: Page) -> None:
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Hoa")
    page.get_by_label("Số điện thoại").fill("0912 345 678")
    page.locator("#id_email").fill("hoa@example.vn")
    page.get_by_label("Số nhà, tên đường, thôn xóm").fill("Thôn Nội Chùa")


def the_order_is_right(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cảm ơn")
    order = Order.objects.get()
    assert order.number in page.content()
    line = order.lines.get()
    assert (line.quantity, line.stockrecord.num_allocated) == (1, 1)
    assert order.total_incl_tax == 120_000 + 25_000
    assert order.shipping_address.ward_code == "07498"
    assert order.letters.filter(to="hoa@example.vn").exists()


def test_a_guest_buys_on_a_phone_without_javascript(phone_without_js: Page, goods: Product) -> None:
    page = phone_without_js
    put_into_basket(page, goods)
    page.goto("/gio-hang/")
    page.get_by_role("link", name="Thanh toán", exact=True).click()
    fill_in_receiver(page)
    page.get_by_label("Tỉnh / thành phố").select_option("24")
    page.get_by_role("button", name="Chọn tỉnh này").click()
    expect(page.get_by_label("Họ và tên")).to_have_value("Nguyễn Thị Hoa")
    page.get_by_label("Xã / phường").select_option("07498")
    page.get_by_role("button", name="Đặt hàng").click()
    if page.get_by_role("button", name="Đặt hàng").count():
        # Without JavaScript the fee was first shown now; the buyer sees it and orders.
        page.get_by_role("button", name="Đặt hàng").click()
    the_order_is_right(page)


def test_a_guest_buys_on_a_phone_with_javascript(phone: Page, goods: Product) -> None:
    page = phone
    put_into_basket(page, goods)
    page.goto("/gio-hang/")
    page.get_by_role("link", name="Thanh toán", exact=True).click()
    fill_in_receiver(page)
    with page.expect_response(lambda response: "/thanh-toan/" in response.url):
        page.get_by_label("Tỉnh / thành phố").select_option("24")
    page.get_by_label("Xã / phường").select_option("07498")
    expect(page.locator("#summary")).to_contain_text("145.000")
    page.get_by_role("button", name="Đặt hàng").dblclick()
    the_order_is_right(page)


def test_nothing_scrolls_sideways_on_a_small_phone(phone: Page, goods: Product) -> None:
    put_into_basket(phone, goods)
    for path in ("/", "/san-pham/", goods.get_absolute_url(), "/gio-hang/", "/thanh-toan/"):
        phone.goto(path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_a_refused_checkout_keeps_what_was_typed(phone: Page, goods: Product) -> None:
    put_into_basket(phone, goods)
    phone.goto("/thanh-toan/")
    fill_in_receiver(phone)
    phone.get_by_label("Số điện thoại").fill("12")
    phone.get_by_role("button", name="Đặt hàng").click()
    expect(phone.get_by_text("Số điện thoại chưa đúng").first).to_be_visible()
    expect(phone.get_by_label("Họ và tên")).to_have_value("Nguyễn Thị Hoa")
    assert not Order.objects.exists()


def test_wards_follow_the_province_in_the_address_book(phone: Page) -> None:
    a_shop()
    buyer = a_buyer()
    phone.goto("/tai-khoan/dang-nhap/?next=/tai-khoan/so-dia-chi/them/")
    phone.get_by_label("Email").fill(buyer.email)
    phone.get_by_label("Mật khẩu").fill(PASSWORD)
    phone.get_by_role("button", name="Đăng nhập").click()
    phone.get_by_label("Họ và tên").fill("Nguyễn Thị Hoa")
    phone.get_by_label("Số điện thoại").fill("0912 345 678")
    phone.get_by_label("Tỉnh / thành phố").select_option("24")
    phone.get_by_label("Xã / phường").select_option("07498")
    phone.get_by_label("Số nhà, tên đường, thôn xóm").fill("Thôn Nội Chùa")
    phone.get_by_role("button", name="Lưu địa chỉ").click()
    expect(phone.get_by_text("Thôn Nội Chùa, Xã Bắc Lũng, Thành phố Bắc Ninh")).to_be_visible()

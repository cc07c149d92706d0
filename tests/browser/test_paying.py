"""A guest pays by bank transfer on a phone; the bank's teller speaks; the page says so itself."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from catalogue.models import Product
from shop.order.models import Order
from shop.payment.books import what_is_wrong
from shop.payment.models import BankAccount
from tests.browser.test_buying import fill_in_receiver, put_into_basket
from tests.factories import a_product, a_shop, a_variant_product
from tests.shop.payment.providers import speaking


@pytest.fixture
def goods() -> Product:
    a_shop()
    a_product("Long nhãn Lục Sơn", price=180_000)
    BankAccount.objects.create(bank_bin="970436", number="0123499999", holder="HTX LUC NAM")
    return a_variant_product(
        "Khoai lang Yên Sơn", variants={"1 kg": (45_000, 10), "3 kg": (120_000, 5)}
    )


def order_by_transfer(page: Page, goods: Product) -> Order:
    put_into_basket(page, goods)
    page.goto("/gio-hang/")
    page.get_by_role("link", name="Thanh toán", exact=True).click()
    fill_in_receiver(page)
    with page.expect_response(lambda response: "/thanh-toan/" in response.url):
        page.get_by_label("Tỉnh / thành phố").select_option("24")
    page.get_by_label("Xã / phường").select_option("07498")
    page.get_by_label("Chuyển khoản ngân hàng").check()
    expect(page.locator("#summary")).to_contain_text("145.000")
    page.get_by_role("button", name="Đặt hàng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chuyển khoản")
    return Order.objects.get()


def the_bank_tells(order: Order) -> None:
    body, headers = speaking.sepay(
        f"MBVCB {order.number} ck", int(order.total_incl_tax), timezone.localtime()
    )
    Client().post("/webhooks/sepay/", body, content_type="application/json", headers=headers)


def test_page_of_a_transfer_says_by_itself_that_the_money_is_there(
    phone: Page, goods: Product, settings: Any
) -> None:
    settings.SEPAY_WEBHOOK_SECRET = speaking.SEPAY_SECRET
    order = order_by_transfer(phone, goods)
    expect(phone.get_by_role("img", name=f"Mã VietQR để trả đơn {order.number}")).to_be_visible()
    expect(phone.locator("[data-countdown]")).to_contain_text("Còn 1:5")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.get_by_role("button", name="Tôi đã chuyển").click()
    expect(phone.get_by_text("Đang tìm tiền của bạn")).to_be_visible()
    the_bank_tells(order)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Cảm ơn")
    expect(phone.get_by_text("Đã trả tiền ngày").first).to_be_visible()
    assert what_is_wrong() == []


def test_buyer_who_cannot_transfer_pays_on_delivery(phone: Page, goods: Product) -> None:
    order = order_by_transfer(phone, goods)
    phone.get_by_role("link", name="Xem đơn hàng, trả bằng cách khác hoặc hủy").click()
    phone.get_by_role("button", name="Trả tiền khi nhận hàng").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Cảm ơn")
    order.refresh_from_db()
    assert (order.status, order.payment_method) == ("placed", "cod")

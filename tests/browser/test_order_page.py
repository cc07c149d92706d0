"""The order's page in a real browser, which sends its own headers with forms."""

from playwright.sync_api import Page, expect

from catalogue.models import Product
from shop.order.models import Order
from tests.browser.test_buying import fill_in_receiver, goods, put_into_basket  # noqa: F401


def test_a_buyer_cancels_by_the_secret_link(phone: Page, goods: Product) -> None:  # noqa: F811
    put_into_basket(phone, goods)
    phone.goto("/thanh-toan/")
    fill_in_receiver(phone)
    with phone.expect_response(lambda response: "/thanh-toan/" in response.url):
        phone.get_by_label("Tỉnh / thành phố").select_option("24")
    phone.get_by_label("Xã / phường").select_option("07498")
    phone.get_by_role("button", name="Đặt hàng").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Cảm ơn")
    phone.get_by_role("link", name="Xem đơn hàng").click()
    order = Order.objects.get()
    assert phone.url.endswith(f"/don-hang/{order.number}/")
    phone.get_by_role("button", name="Hủy đơn").click()
    expect(phone.get_by_text("Đã hủy").first).to_be_visible()
    order.refresh_from_db()
    assert order.status == "cancelled"
    assert order.lines.get().stockrecord.num_allocated == 0

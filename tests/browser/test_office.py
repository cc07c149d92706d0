"""The staff's pages on a phone, a tablet and a desk: they fit, and nothing is missing."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from cms.demo.trade import load_plan
from shop.exports.running import ask, run
from shop.order.fulfilment import hand_over, start_packing
from shop.order.messages import ask as ask_about
from shop.order.models import Order, Parcel
from shop.staff import GROUPS
from shop.users.models import User
from tests.browser.conftest import DESKTOP, PHONE, TABLET, Opener
from tests.browser.looking import complaints_of, overflow_px, screenshot, sign_in
from tests.factories import (
    a_buyer,
    a_certificate,
    a_producer,
    a_product,
    a_review,
    a_shop,
    a_staff_member,
    an_order,
    in_group,
)
from tests.shop.vouchers import an_offer


@pytest.fixture
def person() -> User:
    """In every group, with an order of each kind and something of everything waiting."""
    a_shop()
    person = a_staff_member(first_name="Nhân viên mẫu")
    for name in GROUPS:
        in_group(person, name)
    maker = a_producer("Tổ hợp tác bánh mật Thanh Lâm")
    product = a_product("Bánh mật Thanh Lâm", producer=maker, price=60_000, stock=100)
    other = a_product("Long nhãn Lục Sơn", price=180_000, stock=100)
    a_certificate(product, expires_on=timezone.localdate() + timedelta(days=25))
    a_certificate(other, stars=None, registered_year=2024)
    load_plan()
    a_review(product, approved=False)
    an_offer()
    buyer = a_buyer("lan@example.vn")
    for number in range(8):
        order = an_order({product: 1 + number, other: 1}, buyer=buyer, email="")
        Order.objects.filter(pk=order.pk).update(
            date_placed=timezone.now() - timedelta(days=3 * number)
        )
    parcel = hand_over(start_packing(order.parcels.all()[0]), "Bưu điện", "VN123456789")
    day = timezone.localdate() - timedelta(days=2)
    Parcel.objects.filter(pk=parcel.pk).update(promised_from=day, promised_to=day)
    ask_about(order, "Bao giờ hàng tới?")
    run(ask("orders", "", person))
    ask("lines", "", person)
    return person


def pages() -> dict[str, str]:
    order = Order.objects.order_by("pk").last()
    parcel = Parcel.objects.order_by("pk").last()
    buyer = User.objects.get(email="lan@example.vn")
    assert order is not None
    assert parcel is not None
    return {
        "home": "/quan-ly/",
        "orders": "/quan-ly/don-hang/",
        "orders-filtered": "/quan-ly/don-hang/?trang_thai=placed&co=hoi",
        "order": f"/quan-ly/don-hang/{order.number}/",
        "parcels": "/quan-ly/kien/",
        "parcel": f"/quan-ly/kien/{parcel.pk}/",
        "buyers": "/quan-ly/khach-hang/",
        "buyer": f"/quan-ly/khach-hang/{buyer.pk}/",
        "numbers": "/quan-ly/so-lieu/",
        "people": "/quan-ly/nguoi/",
        "person": f"/quan-ly/nguoi/{buyer.pk}/",
        "log": "/quan-ly/nhat-ky/",
        "exports": "/quan-ly/xuat/",
        "board": "/quan-ly/chuong-trinh/",
        "plan": "/quan-ly/chuong-trinh/ke-hoach/moi/",
        "progress": "/chuong-trinh-ocop/",
        "second-step": "/tai-khoan/hai-buoc/cai-dat/",
        "payments": "/quan-ly/tien/",
        "oscar-offers": "/quan-ly/offers/",
        "oscar-vouchers": "/quan-ly/vouchers/",
    }


@pytest.mark.parametrize("screen", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desk"])
def test_pages_of_the_office_fit(open_page: Opener, person: User, screen: dict) -> None:
    page: Page = open_page(**screen)
    sign_in(page, person)
    said = complaints_of(page)
    too_wide = {}
    for name, path in pages().items():
        response = page.goto(path)
        assert response is not None
        assert response.status == 200, path
        screenshot(page, f"office-{name}")
        if (wide := overflow_px(page)) > 0:
            too_wide[name] = wide
    assert too_wide == {}
    assert said == []


def test_the_menu_opens_on_a_phone_without_javascript(phone_without_js: Page, person: User) -> None:
    sign_in(phone_without_js, person)
    phone_without_js.goto("/quan-ly/")
    phone_without_js.locator(".office-menu > summary").click()
    phone_without_js.locator(".office-menu").get_by_role("link", name="Kiện hàng").click()
    assert phone_without_js.url.endswith("/quan-ly/kien/")


def test_an_export_says_by_itself_when_it_is_done(desktop: Page, person: User) -> None:
    job = ask("payments", "", person)
    sign_in(desktop, person)
    desktop.goto(f"/quan-ly/xuat/{job.pk}/")
    desktop.get_by_text("Đang chờ").wait_for()
    run(job)
    desktop.get_by_role("link", name="Tải bảng tính (XLSX)").wait_for()

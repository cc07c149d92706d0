"""After buying: two parcels on two days, a spoilt thing reported with a photograph, a review."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from shop.order.models import Order, Parcel
from shop.payment.books import what_is_wrong
from shop.payment.models import Refund
from shop.reviews.models import ProductReview
from shop.settlements.books import what_is_wrong as what_is_wrong_with_accounts
from shop.staff import ACCOUNTS, STAFF
from shop.users.models import User
from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.looking import overflow_px, screenshot, sign_in
from tests.factories import (
    a_bank_account,
    a_buyer,
    a_producer,
    a_product,
    a_shop,
    a_staff_member,
    a_user,
    image_bytes,
    in_group,
)
from tests.shop.returns.making import a_paid_order


@pytest.fixture
def people() -> dict[str, User]:
    a_shop()
    a_bank_account()
    return {
        "buyer": a_buyer("hoa@example.vn", first_name="Nguyễn Thị Hoa"),
        "honey": a_user("mat@example.vn"),
        "sausage": a_user("nem@example.vn"),
        "staff": in_group(a_staff_member("van-phong@example.vn"), STAFF),
        "accounts": in_group(a_staff_member("ke-toan@example.vn"), ACCOUNTS),
    }


@pytest.fixture
def order(people: dict[str, User]) -> Order:
    honey = a_product(
        "Mật ong hoa rừng",
        price=180_000,
        producer=a_producer("HTX Lục Sơn", members=[people["honey"]]),
    )
    nem = a_product(
        "Nem chua Bắc Lũng",
        price=60_000,
        freight_class="chilled",
        shelf_life_days=5,
        producer=a_producer("Nem bà Tư", members=[people["sausage"]]),
    )
    return a_paid_order({honey: 1, nem: 3}, buyer=people["buyer"], email="")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "nem-oi.png"
    path.write_bytes(image_bytes(800, 600))
    return path


def as_(user: User, page: Page, address: str) -> Page:
    sign_in(page, user)
    page.goto(address)
    return page


def send(page: Page, parcel: Parcel, number: str) -> None:
    """The producer packs and hands over, as on a phone."""
    page.goto(f"/kenh-san-xuat/kien/{parcel.pk}/")
    page.get_by_role("button", name="Bắt đầu đóng gói").click()
    page.get_by_label("Bên vận chuyển").fill("Viettel Post")
    page.get_by_label("Mã vận đơn").fill(number)
    page.get_by_role("button", name="Đã giao cho bên vận chuyển").click()
    expect(page.get_by_role("button", name="Người mua đã nhận")).to_be_visible()


def write_review(page: Page) -> None:
    page.get_by_role("link", name="Viết đánh giá").first.click()
    page.get_by_label("5 / 5").check()
    page.get_by_label("Nói gọn một câu").fill("Mật thơm, sánh")
    page.get_by_label("Kể thêm").fill("Gói kỹ, giao đúng hẹn.")
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.get_by_text("đang chờ duyệt").first).to_be_visible()


def test_two_parcels_a_spoilt_thing_and_a_review(
    open_page: Opener, people: dict[str, User], order: Order, photo: Path
) -> None:
    honey, nem = order.parcels.order_by("position")
    buyer = as_(people["buyer"], open_page(**PHONE), f"/don-hang/{order.number}/")
    first = as_(people["honey"], open_page(**PHONE), "/kenh-san-xuat/")
    second = as_(people["sausage"], open_page(**PHONE), "/kenh-san-xuat/")

    # One parcel goes first: the order's page says so, with its number.
    send(first, honey, "VTP111222333")
    buyer.reload()
    expect(buyer.get_by_text("1 trong 2 kiện đã gửi, 0 kiện đã giao.")).to_be_visible()
    expect(buyer.get_by_text("VTP111222333")).to_be_visible()
    screenshot(buyer, "after-buying-partly-sent")

    # The buyer asks who sends the other; the answer is there.
    card = buyer.get_by_role("region", name="Kiện 2")
    card.get_by_text("Hỏi Nem bà Tư về kiện này").click()
    card.get_by_label("Bạn muốn hỏi gì").fill("Bao giờ gửi nem ạ?")
    card.get_by_role("button", name="Gửi câu hỏi").click()
    second.goto(f"/kenh-san-xuat/kien/{nem.pk}/")
    expect(second.get_by_text("Bao giờ gửi nem ạ?")).to_be_visible()
    second.get_by_label("Nhắn người mua").fill("Sáng mai nhà gửi.")
    second.get_by_role("button", name="Gửi lời nhắn").click()
    buyer.reload()
    expect(buyer.get_by_text("Sáng mai nhà gửi.")).to_be_visible()

    send(second, nem, "VTP444555666")
    for maker in (first, second):
        maker.get_by_role("button", name="Người mua đã nhận").click()
    buyer.reload()
    expect(buyer.get_by_text("VTP444555666")).to_be_visible()

    # A spoilt thing, with a photograph.
    buyer.get_by_role("region", name="Kiện 2").get_by_role("link", name="Báo lỗi, trả hàng").click()
    assert overflow_px(buyer) == 0
    buyer.get_by_label("Nem chua Bắc Lũng").fill("2")
    buyer.get_by_label("Chuyện gì", exact=True).select_option(label="Hỏng, ôi, hết hạn")
    buyer.get_by_label("Kể rõ hơn").fill("Hai chiếc chua gắt, lá mốc.")
    buyer.locator("input[name=photos]").set_input_files(photo)
    buyer.get_by_role("button", name="Gửi cho cửa hàng").click()
    expect(buyer.get_by_text("Chờ cửa hàng trả lời")).to_be_visible()
    assert overflow_px(buyer) == 0
    screenshot(buyer, "after-buying-reported")

    # The shop sees the photograph and agrees.
    office = as_(people["staff"], open_page(**DESKTOP), "/quan-ly/tra-hang/")
    office.get_by_role("link", name=str(nem)).click()
    shown = office.locator(".photo-row img")
    expect(shown).to_have_js_property("naturalWidth", 800)
    screenshot(office, "after-buying-decide")
    office.get_by_label("Lời cho người mua").fill("Xin lỗi chị, chúng tôi hoàn tiền hai chiếc.")
    office.get_by_role("button", name="Đồng ý", exact=True).click()
    expect(office.get_by_text("Đã đồng ý, người mua được báo.")).to_be_visible()
    refund = Refund.objects.get()
    goods = 120_000
    assert refund.amount == goods + round(nem.charge * 2 / 3)

    # The buyer says where the money goes, the accounts send it, the buyer sees it.
    buyer.reload()
    buyer.get_by_role("link", name="Cho biết tài khoản nhận tiền").click()
    buyer.get_by_label("Ngân hàng").select_option(label="Agribank")
    buyer.get_by_label("Số tài khoản").fill("2800205123456")
    buyer.get_by_label("Tên chủ tài khoản").fill("Nguyen Thi Hoa")
    assert overflow_px(buyer) == 0
    buyer.get_by_role("button", name="Lưu tài khoản").click()
    expect(buyer.get_by_text("Đang hoàn")).to_be_visible()
    accounts = as_(people["accounts"], open_page(**DESKTOP), "/quan-ly/tien/hoan-tien/")
    expect(accounts.get_by_text("2800205123456")).to_be_visible()
    accounts.get_by_label("Mã giao dịch chuyển lại").fill("FT26331")
    accounts.get_by_role("button", name="Đã chuyển lại").click()
    buyer.reload()
    expect(buyer.get_by_text("Đã hoàn", exact=False).first).to_be_visible()
    assert overflow_px(buyer) == 0
    screenshot(buyer, "after-buying-refunded")

    # What was good is praised.
    honey_page = order.lines.get(parcel=honey).product.get_absolute_url()
    buyer.goto(honey_page)
    write_review(buyer)
    assert ProductReview.objects.get().user == people["buyer"]
    assert what_is_wrong() == what_is_wrong_with_accounts() == []

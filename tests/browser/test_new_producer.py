"""A household comes to the shop with a phone: application, listing, moderation, first parcel."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from catalogue.models import Product
from cms.roles import MODERATORS
from shop.order.models import Parcel
from shop.settlements.books import what_is_wrong
from shop.staff import STAFF
from shop.users.models import User
from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.looking import sign_in
from tests.factories import (
    a_buyer,
    a_shop,
    a_staff_member,
    a_user,
    an_order,
    image_bytes,
    in_group,
)


@pytest.fixture
def people() -> dict[str, User]:
    a_shop()
    return {
        "maker": a_buyer("khoai@example.vn", first_name="Nguyễn Văn Khoai"),
        "staff": in_group(a_staff_member("van-phong@example.vn"), STAFF),
        "moderator": in_group(a_user("duyet@example.vn"), MODERATORS),
    }


def as_(user: User, page: Page, address: str) -> Page:
    sign_in(page, user)
    page.goto(address)
    return page


def no_wider_than_the_phone(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "khoai.png"
    path.write_bytes(image_bytes(800, 600))
    return path


def apply_to_sell(page: Page, photo: Path) -> None:
    page.get_by_label("Loại chủ thể").select_option(label="Hộ kinh doanh")
    page.get_by_label("Tên nhà sản xuất").fill("Hộ kinh doanh Nội Chùa")
    page.get_by_label("Điện thoại").fill("0912 345 678")
    with page.expect_response(lambda response: "wards" in response.url):
        page.get_by_label("Tỉnh / thành phố").select_option("24")
    page.get_by_label("Xã / phường").select_option("07498")
    page.get_by_label("Thôn, xóm").fill("thôn Nội Chùa")
    page.get_by_label("Mã số thuế").fill("0100233488")
    page.get_by_label("Số đăng ký kinh doanh").fill("20A8001234")
    page.get_by_label("Bạn làm ra gì").fill("Khoai lang")
    page.get_by_label("Ngân hàng").select_option(label="Agribank")
    page.get_by_label("Số tài khoản").fill("2800205123456")
    page.get_by_label("Tên chủ tài khoản").fill("Nguyen Van Khoai")
    no_wider_than_the_phone(page)
    page.get_by_role("button", name="Lưu và sang bước 2").click()
    page.get_by_label("Ảnh chụp hoặc tệp").set_input_files(photo)
    page.get_by_role("button", name="Thêm giấy này").click()
    page.get_by_role("button", name="Nộp đơn").click()
    expect(page.get_by_text("Cửa hàng đang đọc đơn")).to_be_visible()
    no_wider_than_the_phone(page)


def write_listing(page: Page, photo: Path) -> None:
    page.get_by_role("link", name="Thêm sản phẩm").first.click()
    page.get_by_label("Tên sản phẩm").fill("Khoai lang Nội Chùa")
    page.get_by_label("Nhóm sản phẩm").select_option(index=1)
    page.get_by_role("button", name="Bắt đầu").click()
    page.get_by_label("Một câu giới thiệu").press_sequentially("Khoai chữa khỏi ho")
    expect(page.locator("#autosaved")).to_contain_text("Đã lưu nháp")
    no_wider_than_the_phone(page)
    page.get_by_role("button", name="Lưu và đi tiếp").click()
    page.get_by_label("Chọn hoặc chụp ảnh").set_input_files([photo])
    page.get_by_role("button", name="Thêm ảnh").click()
    page.get_by_label("Trong ảnh có gì").fill("Rổ khoai mới đào")
    page.get_by_role("button", name="Lưu lời tả").click()
    page.get_by_role("button", name="Chọn điểm giữ lại").click(position={"x": 60, "y": 45})
    expect(page.get_by_text("Đang giữ: 25 % từ trái")).to_be_visible()
    no_wider_than_the_phone(page)
    page.get_by_role("link", name="Sang bước nhãn").click()
    page.get_by_label("Khối lượng, thể tích tịnh").fill("1000")
    page.get_by_label("Bảo quản").fill("Nơi thoáng, 15 ngày")
    page.get_by_label("Hạn dùng, ngày").fill("15")
    page.get_by_role("button", name="Lưu và đi tiếp").click()
    page.get_by_label("Giá bán, đồng").fill("18000")
    page.get_by_role("button", name="Lưu giá").click()
    page.locator("input[name$='-stock']").fill("40")
    page.get_by_role("button", name="Lưu số lượng").click()
    no_wider_than_the_phone(page)
    page.get_by_role("link", name="Sang bước gửi duyệt").click()


def test_from_the_application_to_the_first_parcel(
    open_page: Opener, people: dict[str, User], photo: Path
) -> None:
    phone = as_(people["maker"], open_page(**PHONE), "/kenh-san-xuat/")
    apply_to_sell(phone, photo)

    office = as_(people["staff"], open_page(**DESKTOP), "/quan-ly/nha-san-xuat/")
    office.get_by_role("link", name="Hộ kinh doanh Nội Chùa").click()
    office.get_by_role("button", name="Duyệt đơn").click()
    expect(office.get_by_text("đã vào kênh sản xuất")).to_be_visible()

    phone.goto("/kenh-san-xuat/")
    write_listing(phone, photo)
    # A claim that no listing may make is named; mended, it can be handed in.
    expect(phone.get_by_text("chữa khỏi", exact=False).first).to_be_visible()
    phone.get_by_role("link", name="Lời", exact=True).click()
    phone.get_by_label("Một câu giới thiệu").fill("Khoai ngon")
    phone.get_by_role("button", name="Lưu và đi tiếp").click()
    phone.get_by_role("link", name="Gửi duyệt", exact=True).click()
    phone.get_by_label("Những gì ghi ở đây đúng").check()
    phone.get_by_role("button", name="Gửi duyệt").click()
    expect(phone.get_by_text("Chờ duyệt").first).to_be_visible()

    desk = as_(people["moderator"], open_page(**DESKTOP), "/cms/duyet-tin/")
    desk.get_by_role("link", name="Khoai lang Nội Chùa").click()
    desk.get_by_label("Cần sửa gì").fill("Hãy nói rõ giống khoai")
    desk.get_by_role("button", name="Trả lại để sửa").click()

    phone.goto("/kenh-san-xuat/")
    phone.locator("a.task", has_text="Người duyệt nhờ sửa").click()
    expect(phone.get_by_text("Hãy nói rõ giống khoai")).to_be_visible()
    phone.get_by_role("link", name="Lời", exact=True).click()
    phone.get_by_label("Một câu giới thiệu").fill("Ngọt, ruột vàng")
    phone.get_by_role("button", name="Lưu và đi tiếp").click()
    phone.get_by_role("link", name="Gửi duyệt", exact=True).click()
    phone.get_by_label("Những gì ghi ở đây đúng").check()
    phone.get_by_role("button", name="Gửi duyệt").click()
    desk.goto("/cms/duyet-tin/")
    desk.get_by_role("link", name="Khoai lang Nội Chùa").click()
    desk.get_by_role("button", name="Duyệt và đăng").click()
    expect(desk.get_by_text("Không có tin nào chờ duyệt")).to_be_visible()

    product = Product.objects.get(title="Khoai lang Nội Chùa")
    buyer = open_page(**PHONE)
    buyer.goto(product.get_absolute_url())
    expect(buyer.get_by_text("Ngọt, ruột vàng").first).to_be_visible()
    parcel = an_order(product, 2).parcels.get()

    phone.goto("/kenh-san-xuat/")
    phone.get_by_role("link", name="Kiện cần đóng").click()
    phone.get_by_role("link", name=str(parcel)).first.click()
    phone.get_by_role("button", name="Bắt đầu đóng gói").click()
    with phone.expect_download() as label:
        phone.get_by_role("link", name="In nhãn địa chỉ").click()
    assert label.value.suggested_filename.endswith(".pdf")
    phone.get_by_label("Bên vận chuyển").fill("Bưu điện")
    no_wider_than_the_phone(phone)
    phone.get_by_role("button", name="Đã giao cho bên vận chuyển").click()
    expect(phone.get_by_role("button", name="Người mua đã nhận")).to_be_visible()
    assert Parcel.objects.get(pk=parcel.pk).status == "shipped"
    assert what_is_wrong() == []

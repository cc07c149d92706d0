"""A promoter makes a box and its page from nothing, and sees what they sold."""

import pytest
from playwright.sync_api import Page, expect

from catalogue.models import Product
from cms.models import GiftIndexPage, GiftPage, SectionPage, StoryPage
from cms.promoter_sections import ensure_promoter_section
from cms.roles import MODERATORS, PROMOTERS
from shop.order.models import Order
from shop.users.models import User
from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.looking import sign_in
from tests.factories import a_producer, a_product, a_shop, a_user, an_order, in_group

A_PHONE = (
    "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture
def people() -> dict[str, User]:
    a_shop()
    a_producer("Phiên chợ đóng hộp", is_public=False)
    a_product("Trà hoa vàng", price=150_000, stock=10)
    a_product("Bánh mật Thanh Lâm", price=60_000, stock=10)
    return {
        "promoter": in_group(a_user("vietchuyen@example.vn"), PROMOTERS),
        "moderator": in_group(a_user("duyet@example.vn"), MODERATORS),
    }


def as_(user: User, page: Page, address: str) -> Page:
    sign_in(page, user)
    page.goto(address)
    return page


def choose_thing(page: Page, row: int, title: str) -> None:
    """Click the chooser of a row, search without marks, take what is found."""
    chooser = page.locator(f"#id_items-{row}-product-chooser")
    chooser.get_by_role("button", name="Chọn món", exact=True).click()
    window = page.locator(".modal-dialog")
    window.get_by_label("Tìm theo tên").fill(title)
    window.get_by_role("link", name=title).first.click()
    expect(chooser).to_contain_text(title)


def make_box(page: Page) -> None:
    page.get_by_role("link", name="Làm hộp mới").click()
    page.locator("#id_title").fill("Hộp trà bánh")
    page.locator("#id_summary").fill("Một ấm trà, mười chiếc bánh.")
    page.locator("#id_description").fill("Trà và bánh của đất Lục Nam.")
    choose_thing(page, 0, "Trà hoa vàng")
    choose_thing(page, 1, "Bánh mật Thanh Lâm")
    page.locator("[name='items-1-quantity']").fill("2")
    page.locator("[name='pricing']").select_option("sum")
    page.locator("[name='percent_off']").fill("10")
    page.locator("[name='wrapping_price']").fill("20000")
    page.locator("[name='hub']").select_option(label="Phiên chợ đóng hộp")
    page.get_by_role("button", name="Lưu nháp").click()
    expect(page.locator("#box-verdict")).to_contain_text("263.000")
    page.get_by_role("button", name="Gửi duyệt").click()
    expect(page.get_by_text("Hộp đang chờ kiểm duyệt viên.")).to_be_visible()


def write_page(page: Page) -> None:
    section = GiftIndexPage.objects.get(locale__language_code="vi")
    page.goto(f"/cms/pages/add/cms/giftpage/{section.pk}/")
    page.locator("#id_title").fill("Trà bánh ngày mưa")
    page.locator("#id_lead").fill("Một ấm trà nóng, mười chiếc bánh.")
    page.locator("#id_box-chooser").get_by_role("button", name="Chọn", exact=False).first.click()
    window = page.locator(".modal-dialog")
    window.get_by_role("link", name="Hộp trà bánh").click()
    expect(page.locator("#id_box-chooser")).to_contain_text("Hộp trà bánh")
    page.locator("#id_author").fill("Ban biên tập")
    page.locator("footer [data-w-dropdown-target='toggle']").last.click()
    page.locator("[name='action-submit']").click()
    page.wait_for_url("**/cms/pages/**")


def test_from_nothing_to_a_sale_in_the_numbers(open_page: Opener, people: dict[str, User]) -> None:
    promoter = as_(people["promoter"], open_page(**DESKTOP), "/cms/hop-qua/")
    make_box(promoter)

    moderator = as_(people["moderator"], open_page(**DESKTOP), "/cms/hop-qua/")
    moderator.get_by_role("link", name="Hộp trà bánh").click()
    moderator.get_by_role("button", name="Duyệt và đăng bán").click()
    expect(moderator.get_by_text("Trang đang bán")).to_be_visible()
    assert Product.objects.get(title="Hộp trà bánh").live

    write_page(promoter)
    written = GiftPage.objects.get(title="Trà bánh ngày mưa")
    assert not written.live
    moderator.goto(f"/cms/pages/{written.pk}/edit/")
    moderator.locator("footer [data-w-dropdown-target='toggle']").last.click()
    moderator.locator("[data-workflow-action-name='approve']:visible").first.click()
    moderator.wait_for_url("**/cms/pages/**")
    moderator.wait_for_load_state("networkidle")
    written.refresh_from_db()
    assert written.live

    # A browser without a head says so, and robots are not counted.
    buyer = open_page(**PHONE, user_agent=A_PHONE)
    buyer.goto("/hop-qua/tra-banh-ngay-mua/")
    expect(buyer.get_by_text("263.000").first).to_be_visible()
    buyer.get_by_role("button", name="Mua hộp quà").click()
    buyer.get_by_role("link", name="Thanh toán").click()
    buyer.get_by_label("Họ và tên").fill("Nguyễn Thị Hoa")
    buyer.get_by_label("Số điện thoại").fill("0912 345 678")
    with buyer.expect_response(lambda response: "thanh-toan" in response.url):
        buyer.get_by_label("Tỉnh / thành phố").select_option("24")
    buyer.get_by_label("Xã / phường").select_option("07498")
    buyer.get_by_label("Số nhà, tên đường, thôn xóm").fill("Thôn Nội Chùa")
    buyer.get_by_role("button", name="Đặt hàng").click()
    expect(buyer.get_by_text("Cảm ơn bạn").first).to_be_visible()
    assert Order.objects.get().boxes.get().title == "Hộp trà bánh"

    promoter.goto("/cms/quang-ba/trang/")
    row = promoter.locator("tr", has_text="Trà bánh ngày mưa")
    expect(row).to_contain_text("263.000")
    assert [cell.strip() for cell in row.locator("td.number").all_inner_texts()][1:3] == ["1", "1"]


def test_a_promoter_of_one_section_touches_nothing_else(open_page: Opener) -> None:
    home = a_shop()
    mine, theirs = (home.add_child(instance=SectionPage(title=title)) for title in ("Ta", "Họ"))
    for section in (mine, theirs):
        section.save_revision().publish()
    story = theirs.add_child(instance=StoryPage(title="Chuyện nhà họ"))
    promoter = a_user("xa-ta@example.vn")
    promoter.groups.add(ensure_promoter_section(mine).group)
    product = a_product("Trà hoa vàng")
    order = an_order(product)
    page = as_(promoter, open_page(**DESKTOP), f"/cms/pages/{mine.pk}/")
    expect(page.get_by_role("heading", name="Ta").first).to_be_visible()
    for address in (
        f"/cms/pages/{story.pk}/edit/",
        f"/cms/pages/{story.pk}/delete/",
        f"/cms/pages/add/cms/storypage/{theirs.pk}/",
        f"/cms/snippets/catalogue/product/edit/{product.pk}/",
        f"/cms/duyet-tin/{product.pk}/",
        "/cms/settings/shop/selleridentity/",
        "/cms/users/",
        "/quan-ly/",
        f"/quan-ly/orders/{order.number}/",
        "/kenh-san-xuat/san-pham/",
        f"/don-hang/{order.number}/",
    ):
        answer = page.goto(address)
        landed = page.url.removesuffix("/").rsplit("/", 1)[-1]
        refused = answer is not None and answer.status in (403, 404)
        assert refused or landed in ("cms", "dang-nhap") or "dang-nhap" in page.url, address
    assert StoryPage.objects.get(pk=story.pk).title == "Chuyện nhà họ"

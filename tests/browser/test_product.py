"""A product's page by touch, by keyboard and without a script."""

import re

from playwright.sync_api import Page, expect

from catalogue.models import Product, ProductImage
from shop.customer.waiting import ProductAlert
from tests.browser.looking import complaints_of
from tests.catalogue.making import a_variant
from tests.factories import a_picture, a_product, a_shop


def _potatoes() -> Product:
    a_shop()
    potatoes = a_product("Khoai lang", price=None)
    a_variant(potatoes, "1 kg", price=30_000, net_quantity=1_000, weight_grams=1_000)
    a_variant(potatoes, "5 kg", price=130_000, net_quantity=5_000, weight_grams=5_000)
    a_variant(potatoes, "9 kg", price=220_000, stock=0, net_quantity=9_000)
    for number in range(3):
        ProductImage.objects.create(
            product=potatoes, original=a_picture(f"Khoai {number}"), display_order=number
        )
    return potatoes


def test_a_variant_and_a_province_change_the_page_in_place(phone: Page) -> None:
    potatoes = _potatoes()
    complaints = complaints_of(phone)
    phone.goto(potatoes.get_absolute_url())
    phone.evaluate("window.samePage = true")
    phone.get_by_label("Đến").select_option(label="Thành phố Hà Nội")
    expect(phone.locator("#giao-phi")).to_contain_text("25.000")
    phone.get_by_role("radio", name="5 kg").check()
    expect(phone.locator("#gia")).to_contain_text("26.000\u00a0₫/kg")
    expect(phone.locator("#nhan")).to_contain_text("5\u00a0kg")
    expect(phone.locator("#giao-phi")).to_contain_text("65.000")
    expect(phone).to_have_url(re.compile(r"\?v=\d+$"))
    expect(phone.get_by_role("radio", name="5 kg")).to_be_focused()
    assert phone.evaluate("window.samePage")
    assert complaints == []


def test_the_same_works_without_a_script(phone_without_js: Page) -> None:
    page = phone_without_js
    page.goto(_potatoes().get_absolute_url())
    page.get_by_role("link", name="Xem loại này").last.click()
    expect(page.locator("#gia")).to_contain_text("26.000\u00a0₫/kg")
    page.get_by_label("Đến").select_option(label="Thành phố Hà Nội")
    page.get_by_role("button", name="Xem phí").click()
    expect(page.locator("#giao-phi")).to_contain_text("65.000")
    expect(page.locator("#gia")).to_contain_text("26.000\u00a0₫/kg")


def test_pictures_are_gone_through_and_enlarged_by_keyboard(desktop: Page) -> None:
    desktop.goto(_potatoes().get_absolute_url())
    thumbs = desktop.locator("[data-thumbs] a")
    desktop.locator("[data-strip]").focus()
    desktop.keyboard.press("ArrowRight")
    expect(thumbs.nth(1)).to_have_attribute("aria-current", "true")
    expect(desktop.locator("[data-strip] li").nth(1)).to_be_in_viewport(ratio=0.95)
    desktop.locator("[data-zoom]").nth(1).focus()
    desktop.keyboard.press("Enter")
    dialog = desktop.get_by_role("dialog", name="Ảnh lớn")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("img")).to_have_attribute("alt", "Khoai 1 trên cây")
    desktop.keyboard.press("ArrowRight")
    expect(dialog.get_by_role("img")).to_have_attribute("alt", "Khoai 2 trên cây")
    dialog.get_by_role("button", name="Phóng to").click()
    expect(dialog.get_by_role("button", name="Phóng to")).to_have_attribute("aria-pressed", "true")
    desktop.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_who_finds_a_variant_sold_out_leaves_an_address(phone: Page) -> None:
    phone.goto(_potatoes().get_absolute_url())
    phone.get_by_role("link", name="Báo tôi khi có hàng").click()
    phone.get_by_label("Email của bạn").fill("lan@example.com")
    phone.get_by_role("button", name="Báo tôi").click()
    expect(phone.get_by_text("Mời bạn xem hộp thư lan@example.com")).to_be_visible()
    assert ProductAlert.objects.get().product.title == "9 kg"

"""The heart of a card: pressed in place with a script, by a page with a button without one."""

from playwright.sync_api import Page, expect

from shop.wishlists.models import Line
from tests.browser.looking import complaints_of, overflow_px, sign_in
from tests.factories import a_buyer, a_product, a_shop


def test_a_heart_is_pressed_where_it_is_and_stays_pressed(phone: Page) -> None:
    a_shop()
    tea = a_product("Trà hoa vàng")
    sign_in(phone, a_buyer())
    said = complaints_of(phone)
    phone.goto("/san-pham/")
    heart = phone.locator(f'[data-save="{tea.pk}"]')
    heart.click()
    expect(heart).to_have_class("heart product-card__heart is-saved")
    assert phone.url.endswith("/san-pham/")
    phone.goto(tea.get_absolute_url())
    expect(phone.locator(f'.heart--worded[data-save="{tea.pk}"]')).to_contain_text("Đã lưu")
    phone.locator(f'.heart--worded[data-save="{tea.pk}"]').click()
    expect(phone.locator(f'.heart--worded[data-save="{tea.pk}"]')).to_contain_text("Lưu món này")
    assert not Line.objects.exists()
    assert said == []


def test_without_a_script_a_page_asks_and_leads_back(phone_without_js: Page) -> None:
    page = phone_without_js
    a_shop()
    tea = a_product("Trà hoa vàng")
    page.goto(tea.get_absolute_url())
    page.click(".heart--worded")
    page.click("text=Lưu lại")
    assert page.url.endswith(tea.get_absolute_url())
    page.goto("/mon-da-luu/")
    expect(page.locator("main")).to_contain_text("Trà hoa vàng")
    assert overflow_px(page) == 0


def test_a_heart_covers_no_word_on_a_small_phone(phone: Page) -> None:
    a_shop()
    a_product("Trà hoa vàng", gift_ready=True)
    for address in ("/san-pham/", "/en/san-pham/"):
        phone.goto(address)
        heart = phone.locator(".product-card__heart").bounding_box()
        words = phone.locator(".product-card .badge").first.bounding_box()
        assert heart and words
        is_beside = words["x"] + words["width"] <= heart["x"]
        assert is_beside or words["y"] >= heart["y"] + heart["height"]

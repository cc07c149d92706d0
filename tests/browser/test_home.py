import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import complaints_of, overflow_px, screenshot
from tests.factories import a_shop


@pytest.mark.parametrize("screen", ["phone", "phone_without_js", "tablet", "desktop"])
def test_home_opens_without_complaint_and_fits_the_screen(
    screen: str, request: pytest.FixtureRequest
) -> None:
    a_shop()
    page: Page = request.getfixturevalue(screen)
    complaints = complaints_of(page)
    page.goto("/")
    expect(page.get_by_role("main")).to_be_visible()
    screenshot(page, f"home {screen}")
    assert overflow_px(page) <= 0
    assert complaints == []

"""The content security policy stops nothing of ours on the ways that people go."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, Opener
from tests.browser.looking import sign_in
from tests.browser.test_buying import fill_in_receiver, put_into_basket
from tests.factories import a_shop, a_variant_product
from tests.shop.headers.test_headers import a_superuser

#: Keeps what the browser's policy stopped, over all pages of the context.
_LISTEN = """
addEventListener("securitypolicyviolation", (event) => {
  if (event.disposition === "enforce")
    console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});
"""


def policy_complaints(page: Page) -> list[str]:
    said: list[str] = []
    page.add_init_script(_LISTEN)
    page.on(
        "console",
        lambda message: (
            said.append(f"{page.url}: {message.text}")
            if re.search("policy:|Content Security Policy", message.text)
            and "report-only" not in message.text.lower()
            else None
        ),
    )
    return said


def test_the_browser_knows_every_feature_that_headers_deny(phone: Page) -> None:
    a_shop()
    said: list[str] = []
    phone.on("console", lambda message: said.append(message.text))
    phone.goto("/")
    assert not [text for text in said if "Permissions-Policy" in text]


def test_nothing_is_stopped_while_somebody_buys(desktop: Page) -> None:
    a_shop()
    a_variant_product("Khoai lang Yên Sơn", variants={"1 kg": (45_000, 10), "3 kg": (120_000, 5)})
    page = desktop
    complaints = policy_complaints(page)
    put_into_basket(page, None)  # type: ignore[arg-type]
    page.goto("/gio-hang/")
    page.get_by_role("link", name="Thanh toán", exact=True).click()
    fill_in_receiver(page)
    # Who drags the corner of a box writes a style into the page, which htmx must not copy.
    page.evaluate("document.querySelectorAll('textarea').forEach(e => e.style.height = '9em')")
    page.evaluate("document.querySelectorAll('[id]').forEach(e => e.style.outline = '0')")
    for province in ("01", "24"):
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.get_by_label("Tỉnh / thành phố").select_option(province)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(200)
    page.get_by_label("Xã / phường").select_option("07498")
    page.wait_for_load_state("networkidle")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Đặt hàng")).last.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for address in ("/tim-kiem/?q=khoai", "/truy-xuat/", "/qua-doanh-nghiep/", "/san-pham/?x=1"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    page.go_back()
    page.wait_for_load_state("networkidle")
    assert complaints == []


def test_the_tolerant_policy_stops_nothing_of_the_admins(open_page: Opener) -> None:
    home = a_shop()
    page = open_page(**DESKTOP)
    complaints = policy_complaints(page)
    sign_in(page, a_superuser())
    for address in (
        "/cms/",
        f"/cms/pages/{home.pk}/edit/",
        "/cms/images/",
        "/cms/reports/workflow/",
        "/quan-ly/",
        "/quan-ly/catalogue/",
        "/quan-ly/offers/",
        "/quan-ly/ranges/",
        "/quan-ly/vouchers/",
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    assert complaints == []


def test_who_is_asked_to_wait_reads_it_without_losing_the_page(
    desktop: Page, settings: object
) -> None:
    settings.RATE_LIMITS_ON = True  # type: ignore[attr-defined]
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "checkout": "1/h"}  # type: ignore[attr-defined]
    a_shop()
    a_variant_product("Khoai lang Yên Sơn", variants={"1 kg": (45_000, 10), "3 kg": (120_000, 5)})
    page = desktop
    put_into_basket(page, None)  # type: ignore[arg-type]
    page.goto("/thanh-toan/")
    fill_in_receiver(page)
    for province in ("01", "24"):
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.get_by_label("Tỉnh / thành phố").select_option(province)
        page.wait_for_load_state("networkidle")
    expect(page.locator("#notices")).to_contain_text("những gì bạn đã điền còn nguyên")
    expect(page.get_by_label("Họ và tên")).to_have_value("Nguyễn Thị Hoa")

"""Pages as people see them: a phone with and without JavaScript, a tablet, a desk."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

# Playwright runs an event loop in the thread of the tests, which Django takes for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True}
TABLET = {"viewport": {"width": 768, "height": 1024}, "has_touch": True}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
NO_CHROMIUM = (
    "Chromium was not found. Install Debian's package `chromium` (apt-get install chromium)."
)
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: Longest wait for anything on a page, milliseconds.
PATIENCE_MS = 15_000


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a browser test, on rows that the live server can see."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The installed Chromium. Without one: a failure where `CI` is set, else a skip."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail(NO_CHROMIUM)
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        yield started
        started.close()


Opener = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[Opener]:
    """Opens a page of the shop with Playwright's context options; closes it after the test.

    `page.goto("/san-pham/")` goes to the live server. Several pages are several visitors.
    """
    contexts = []

    def open_one(**options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="vi-VN", **options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def phone(open_page: Opener) -> Page:
    """A phone of 360 × 780 pixels, by touch."""
    return open_page(**PHONE)


@pytest.fixture
def phone_without_js(open_page: Opener) -> Page:
    """The same phone with JavaScript switched off."""
    return open_page(**PHONE, java_script_enabled=False)


@pytest.fixture
def tablet(open_page: Opener) -> Page:
    return open_page(**TABLET)


@pytest.fixture
def desktop(open_page: Opener) -> Page:
    return open_page(**DESKTOP)

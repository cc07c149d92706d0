"""What a test sees of a page beyond its text: its picture, its complaints, its width."""

import re
from pathlib import Path

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from shop.users.models import User

SCREENSHOTS = Path(settings.BASE_DIR) / ".var" / "screenshots"


def screenshot(page: Page, name: str) -> Path:
    """The whole page as `.var/screenshots/<name>-<width>.png`, to be looked at."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    file = SCREENSHOTS / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}-{width}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, full_page=True)
    return file


def complaints_of(page: Page) -> list[str]:
    """Fills, from now on, with what the console calls an error: scripts, blocked styles, 404s."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "console",
        lambda message: said.append(message.text) if message.type == "error" else None,
    )
    return said


def overflow_px(page: Page) -> int:
    """How much wider the page is than its window; more than 0 scrolls sideways."""
    # Not window.innerWidth: a phone zooms out and widens it until everything fits.
    screen = page.viewport_size["width"] if page.viewport_size else page.evaluate("innerWidth")
    return page.evaluate("document.documentElement.scrollWidth") - screen


def sign_in(page: Page, user: User) -> None:
    """Give the browser the session of somebody who has signed in."""
    if page.url == "about:blank":
        page.goto("/healthz/")
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    address = page.evaluate("location.origin")
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])

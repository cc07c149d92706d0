"""Letters as mail programs show them, on a phone and on a desk; pictures to be looked at."""

from typing import Any

import pytest

from tests.browser.looking import overflow_px, screenshot
from tests.shop.communication.gallery import write_all


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_letter_is_wider_than_its_reader(open_page: Any, language: str) -> None:
    letters = write_all(language)
    for width in (360, 700):
        page = open_page(viewport={"width": width, "height": 800}, java_script_enabled=False)
        for letter in letters:
            page.set_content(letter.html)
            screenshot(page, f"thu-{letter.event_code}-{language}")
            assert overflow_px(page) == 0, (letter.event_code, width)

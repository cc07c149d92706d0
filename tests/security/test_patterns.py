"""No pattern of ours takes long over any text (ReDoS): each is fed what makes bad ones crawl."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import catalogue
import cms
import shop

#: A text four times as long may take so many times longer: sixteen is square, sixty-four is cubic.
GROWTH = 40
PIECES = (
    *("a", "1", "-", " ", ".", "a.", "1-", "1 ", "a-", "/", "<", "<a ", '<a b="', "@", "a@", "()"),
    *("://", "\t", "%", "ă", "a\u0300", "0.", "0-", "+", "x, ", "www.", "https://a/", "&", "\n"),
    *("{{", "{%", "1:", "12/", "k", "tinh ", "PC", "(", ")", '"', "=", ";", ":"),
)
SHORT, LONG = 500, 2_000
#: Seconds under which growth says nothing.
NOTHING = 0.02


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for room in (catalogue, shop, cms):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if ".migrations" in found.name or ".settings" in found.name:
                continue
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{found.name}.{name}", value


def seconds(pattern: re.Pattern[str], text: str) -> float:
    begun = time.process_time()
    pattern.search(text)
    pattern.fullmatch(text)
    return time.process_time() - begun


@pytest.mark.django_db
def test_every_pattern_grows_gently_with_the_text() -> None:
    slow = []
    found = dict(patterns())
    for name, pattern in found.items():
        for piece in PIECES:
            short = seconds(pattern, (piece * SHORT)[:SHORT] + "!\x00")
            if short > 1:
                slow.append(f"{name}: {short:.2f} s for {SHORT} of {piece!r}")
                continue
            long = seconds(pattern, (piece * LONG)[:LONG] + "!\x00")
            if long > NOTHING and long > max(short, NOTHING / GROWTH) * GROWTH:
                slow.append(f"{name}: {short:.3f} s, {long:.3f} s for {piece!r}")
    assert len(found) > 30
    assert slow == []

"""A release is known by what it holds."""

import os
from pathlib import Path

import pytest

from shop.release import stamp, stamp_of


@pytest.fixture
def code(tmp_path: Path) -> Path:
    for name in ("shop/views.py", "templates/page.html", "static/page.css", "requirements.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    return tmp_path


@pytest.mark.parametrize(
    "name", ["shop/views.py", "templates/page.html", "static/page.css", "requirements.txt"]
)
def test_whatever_is_changed_makes_another_release(code: Path, name: str) -> None:
    before = stamp_of(code)
    (code / name).write_text("anders")
    assert stamp_of(code) != before


def test_a_file_more_and_a_file_under_another_name_make_another_release(code: Path) -> None:
    before = stamp_of(code)
    (code / "templates/page.html").rename(code / "templates/other.html")
    renamed = stamp_of(code)
    (code / "templates/page.html").write_text("")
    assert len({before, renamed, stamp_of(code)}) == 3


def test_clocks_and_what_python_compiled_make_none(code: Path) -> None:
    before = stamp_of(code)
    os.utime(code / "shop/views.py", (1, 1))
    (code / "shop/views.pyc").write_bytes(b"compiled")
    (code / "uploads").mkdir()
    (code / "uploads/photo.jpg").write_bytes(b"photo")
    assert stamp_of(code) == before


def test_this_shop_is_one() -> None:
    assert len(stamp()) == 16

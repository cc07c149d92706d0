"""docs/security.md tells the truth: each test that it names is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

BASE = Path(settings.BASE_DIR)
TEXT = (BASE / "docs/security.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))
#: Chapters of ASVS 5.0 that concern a shop.
CHAPTERS = {*range(1, 10), *range(11, 17)}


@cache
def names_in(path: str) -> set[str]:
    tree = ast.parse((BASE / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_the_test_that_is_named_is_there(path: str, name: str) -> None:
    assert name in names_in(path)


def test_every_chapter_has_its_rows() -> None:
    rows = re.findall(r"^\| (\d+)\.\d", TEXT, flags=re.MULTILINE)
    assert {int(chapter) for chapter in rows} == CHAPTERS
    assert len(NAMED) > 60


def test_every_file_that_is_named_is_there() -> None:
    for path in re.findall(r"`((?:tests|shop|catalogue|cms)/[\w/.]+)`", TEXT):
        assert (BASE / path).exists(), path

"""A shop that keeps its pages, and writes that are committed although the test's are not."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from shop.pagecache.edition import look_again
from shop.pagecache.keeping import memory

Written = Callable[[], AbstractContextManager[Any]]


@pytest.fixture(autouse=True)
def _pages_are_kept(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    settings.PAGE_CACHE_SECONDS = 60
    settings.PAGE_CACHE_SHARED = False
    settings.PAGE_CACHE_EDITION_FILE = tmp_path / "page-edition"
    settings.PAGE_CACHE_EDITION_FILE.write_bytes(b".")
    memory.clear()
    look_again()
    yield
    memory.clear()
    look_again()


@pytest.fixture
def written(django_capture_on_commit_callbacks: Any) -> Written:
    """`with written():` what is written in it is told as a commit tells it."""
    return lambda: django_capture_on_commit_callbacks(execute=True)

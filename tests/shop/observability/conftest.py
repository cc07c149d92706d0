import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from shop.observability.logs import LogFormatter


@pytest.fixture
def failing_shop(settings: Any) -> Client:
    """A shop with addresses that fail, as its visitors meet it."""
    settings.ROOT_URLCONF = "tests.shop.observability.failing"
    return Client(raise_request_exception=False)


@pytest.fixture
def json_lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What production writes to its log meanwhile, line by line."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LogFormatter("json"))
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)

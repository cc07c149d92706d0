from collections.abc import Iterator

import pytest

from tests.ghn_server import TOKEN, GhnServer
from tests.ghn_server.server import SHOP_ID

SECRET = "khoa-rat-dai"


@pytest.fixture
def ghn(settings) -> Iterator[GhnServer]:
    """GHN on this machine, and the shop set up to speak with it."""
    with GhnServer() as server:
        settings.GHN_BASE_URL, settings.GHN_TOKEN = server.address, TOKEN
        settings.GHN_SHOP_ID, settings.GHN_WEBHOOK_SECRET = str(SHOP_ID), SECRET
        yield server

from collections.abc import Iterator
from typing import Any

import pytest

from tests.shop.payment import paying


@pytest.fixture
def prepaid(settings: Any) -> Iterator[None]:
    """The shop takes money in advance as well as in cash."""
    settings.PAYMENT_METHODS = [paying.CASH, paying.PREPAID]
    paying.forget()
    yield
    paying.forget()

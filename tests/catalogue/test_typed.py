"""Numbers out of addresses and forms."""

import pytest

from catalogue.typed import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("007", 7), ("", 0), ("-1", 0), ("²", 0), ("٣", 0), ("1e3", 0), ("9" * 30, 0)],
)
def test_only_plain_digits_are_a_number(text: str, number: int) -> None:
    assert whole_number(text) == number

"""Mã số thuế: what is one and what is not."""

import pytest
from django.core.exceptions import ValidationError

from shop.invoices.tax_code import check_digit, normalise_tax_code


@pytest.mark.parametrize(
    ("nine", "tenth"),
    [
        ("010004751", 6),
        ("010023348", 8),
        ("031256543", 9),
        ("030140841", None),
        ("000000000", None),
    ],
)
def test_check_digit(nine, tenth) -> None:
    assert check_digit(nine) == tenth


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0100047516", "0100047516"),
        (" 0100 047 516 ", "0100047516"),
        ("0100047516-001", "0100047516-001"),
        ("0100047516001", "0100047516-001"),
        ("0100047516 – 001", "0100047516-001"),
        ("０１０００４７５１６", "0100047516"),
        ("024087001234", "024087001234"),
        ("001301000001", "001301000001"),
    ],
)
def test_right_code_is_kept_in_one_way(typed, kept) -> None:
    assert normalise_tax_code(typed) == kept


@pytest.mark.parametrize("digit", range(10))
def test_only_one_tenth_digit_is_right(digit) -> None:
    code = f"010004751{digit}"
    if digit == 6:
        assert normalise_tax_code(code) == code
    else:
        with pytest.raises(ValidationError, match="kiểm tra"):
            normalise_tax_code(code)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "MST",
        "123",
        "01000475160",
        "0100047516-000",
        "0100047516-01",
        "0100047516-0011",
        "0000000000",
        "=1+1",
        "0100047516\x00",
        "٠١٠٠٠٤٧٥١٦",
        "097087001234",
        "000087001234",
        "024387001234",
        "9" * 500,
    ],
)
def test_wrong_code_is_refused(typed) -> None:
    with pytest.raises(ValidationError):
        normalise_tax_code(typed)

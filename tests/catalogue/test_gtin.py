"""Trade item numbers: right ones pass, a slip of the finger does not."""

import pytest

from catalogue.gtin import as_gtin14, check_digit, is_valid
from catalogue.label_check import missing_facts
from tests.factories import a_product


@pytest.mark.parametrize(
    ("body", "digit"),
    [("952123454321", 3), ("0952123454321", 3), ("400638133393", 1), ("893850197101", 2)],
)
def test_the_check_digit_is_gs1s(body: str, digit: int) -> None:
    assert check_digit(body) == digit
    assert is_valid(f"{body}{digit}")
    for wrong in set(range(10)) - {digit}:
        assert not is_valid(f"{body}{wrong}")


@pytest.mark.parametrize("gtin", ["", "893", "89385019710１2", "8938501971 2", "0" * 13, "a" * 13])
def test_what_is_no_number_is_refused(gtin: str) -> None:
    assert not is_valid(gtin)
    assert as_gtin14(gtin) == ""


def test_a_short_one_is_filled_up_for_a_link() -> None:
    assert as_gtin14("4006381333931") == "04006381333931"


@pytest.mark.django_db
def test_a_wrong_gtin_is_refused_before_publishing() -> None:
    assert not [each for each in missing_facts(a_product(gtin="4006381333931")) if "GTIN" in each]
    assert [each for each in missing_facts(a_product(gtin="4006381333932")) if "GTIN" in each]

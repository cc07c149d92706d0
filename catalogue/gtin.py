"""Trade item numbers of GS1: checked, never made up. A producer without one has none."""

LENGTHS = (8, 12, 13, 14)
WHOLE = 14


def check_digit(body: str) -> int:
    """The last digit for the digits before it (GS1 General Specifications, 7.9)."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(body[::-1]))
    return -total % 10


def is_valid(gtin: str) -> bool:
    """8, 12, 13 or 14 plain digits of which the last one is right, and not all noughts."""
    return (
        len(gtin) in LENGTHS
        and gtin.isascii()
        and gtin.isdigit()
        and gtin.strip("0") != ""
        and int(gtin[-1]) == check_digit(gtin[:-1])
    )


def as_gtin14(gtin: str) -> str:
    """With noughts before it, as a Digital Link writes it; empty for a wrong number."""
    return gtin.zfill(WHOLE) if is_valid(gtin) else ""

"""Numbers out of addresses and forms, where anything may stand."""

#: As many digits as a key of the database holds on any of our columns.
MOST_DIGITS = 9


def whole_number(text: str) -> int:
    """The number that `text` is in plain digits; 0, which is nobody's key, for anything else."""
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_number else 0

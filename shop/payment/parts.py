"""Paying in two sums: a deposit, on which work begins, and the rest before the goods leave."""

from decimal import Decimal

from catalogue.money import to_dong

WHOLE_PERCENT = 100


def split(total: Decimal, percent: int) -> tuple[Decimal, Decimal]:
    """Deposit and rest of `total` đồng, whole đồng each, together the total.

    Raises ValueError for a percentage beyond 0–100.
    """
    if not 0 <= percent <= WHOLE_PERCENT:
        raise ValueError(f"a deposit of {percent} percent")
    deposit = to_dong(total * percent / WHOLE_PERCENT)
    return deposit, total - deposit

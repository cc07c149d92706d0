"""Đồng: whole numbers, tax included, printed as `45.000 ₫` with a no-break space."""

from decimal import ROUND_HALF_UP, Decimal

NO_BREAK_SPACE = "\u00a0"
ONE_DONG = Decimal("1")


def to_dong(amount: Decimal | int | str, currency: str | None = "VND") -> Decimal:
    """`amount` in whole đồng, halves up; the đồng has no smaller unit in use."""
    return Decimal(amount).quantize(ONE_DONG, rounding=ROUND_HALF_UP)


def format_dong(amount: Decimal | int | str) -> str:
    """`45000` as `45.000 ₫`: dots between thousands in both languages, as the trade writes it."""
    return f"{to_dong(amount):,}".replace(",", ".") + NO_BREAK_SPACE + "₫"

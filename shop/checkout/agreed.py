"""What staff and a buyer agreed on beforehand, in place of what checkout works out itself."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

NOTHING = Decimal(0)


@dataclass(frozen=True)
class AgreedFee:
    """A sum for the whole order: printing a logo, say. `code` is kept, `name` is read."""

    code: str
    name: str
    amount: Decimal


@dataclass(frozen=True)
class Agreed:
    """Sums in đồng, tax included. `delivery` is for all parcels together.

    `deposit` is due until `held_until`, the rest until `rest_due_on` and before the goods leave.
    """

    delivery: Decimal
    fees: tuple[AgreedFee, ...] = ()
    deposit: Decimal = NOTHING
    rest_due_on: date | None = None
    held_until: datetime | None = None

    @property
    def fees_total(self) -> Decimal:
        return sum((fee.amount for fee in self.fees), NOTHING)

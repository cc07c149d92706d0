"""What a buyer wishes for a gift, cleaned by the checkout form."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class GiftWishes:
    """The same for every recipient who has no greeting of their own. `card` is a design's code."""

    greeting: str = ""
    sender_name: str = ""
    card: str = ""
    deliver_on: date | None = None

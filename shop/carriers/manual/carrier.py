"""Whoever the producer gives it to: a name and a number, typed at handing over."""

from shop.carriers.base import Carrier


class Manual(Carrier):
    """Post office, coach, own car: nothing is asked of anybody."""

    code = "manual"
    label = "manual"

    def tracking_url(self, number: str) -> str:
        return ""

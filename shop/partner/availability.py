"""Whether something can be bought, and in words why not."""

from django.utils.translation import gettext as _
from oscar.apps.partner import availability

from catalogue.stock_words import stock_note


class Unavailable(availability.Unavailable):
    """Withdrawn: not live, archived, or without price."""

    @property
    def message(self) -> str:
        return _("Món này không còn bán.")

    def is_purchase_permitted(self, quantity: int) -> tuple[bool, str]:
        return False, self.message


class BoxUnavailable(Unavailable):
    """A gift box that cannot be had now; says what in it lacks."""

    def __init__(self, words: str) -> None:
        self.words = words

    @property
    def message(self) -> str:
        return self.words


class Available(availability.Available):
    """Stock is not counted."""

    @property
    def message(self) -> str:
        return stock_note(None).words


class StockRequired(availability.StockRequired):
    """As many as are in stock and promised to nobody."""

    def is_purchase_permitted(self, quantity: int) -> tuple[bool, str]:
        if self.num_available <= 0:
            return False, _("Món này vừa hết hàng.")
        if quantity > self.num_available:
            return False, _("Chỉ còn %(left)s.") % {"left": self.num_available}
        return True, ""

    @property
    def message(self) -> str:
        return stock_note(self.num_available).words

    @property
    def short_message(self) -> str:
        return self.message

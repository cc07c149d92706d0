"""Finding order numbers in what a bank makes of a transfer's note."""

import re

from django.conf import settings

from catalogue.text import fold
from shop.order.numbers import ALPHABET, RANDOM_LETTERS


def numbers_in(note: str) -> list[str]:
    """Every order number that `note` may hold, in the order they stand, each once.

    Banks put words before and after, strip or add punctuation and break lines; buyers type small
    letters. So marks and everything but letters and digits go first. A candidate may start inside
    another word: whether there is such an order is for the caller to ask.
    """
    squeezed = re.sub(r"[^A-Z0-9]", "", fold(note).upper())
    prefix = re.escape(settings.ORDER_NUMBER_PREFIX)
    # Look-ahead, so that candidates may overlap: "SPCPC…" holds one at each "PC".
    found = re.findall(rf"(?=({prefix}[{ALPHABET}]{{{RANDOM_LETTERS}}}))", squeezed)
    return list(dict.fromkeys(found))

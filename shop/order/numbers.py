"""Order numbers: short, unguessable, readable on the phone and fit for a transfer note."""

import secrets

from django.conf import settings

#: Neither 0 and O nor 1 and I: people read them out.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
#: 32 letters to the 8th: about 10¹² numbers, so that guessing finds nothing.
RANDOM_LETTERS = 8


def random_number() -> str:
    """A number such as `PC7K2MWQ9A`; whether it is free, the order's writer asks."""
    return settings.ORDER_NUMBER_PREFIX + "".join(
        secrets.choice(ALPHABET) for _ in range(RANDOM_LETTERS)
    )

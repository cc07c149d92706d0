"""What staff do not get from a letter: the links by which its reader is known."""

import re

from django.conf import settings

#: An address with anything behind the host; the host alone tells nothing.
_LINK = re.compile(r"(https?://[^\s/\"'<>]+/)[^\s\"'<>)]+", re.IGNORECASE)


def without_links(words: str) -> str:
    """`https://cho.example/…` for each link: many open an order, a quote or a consent.

    In the demo, where no letter leaves and this is the only inbox, links stay.
    """
    return words if settings.DEMO_MODE else _LINK.sub(r"\1…", words)

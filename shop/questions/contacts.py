"""Addresses and numbers by which people could be called: hidden from what everybody reads."""

import re

from django.utils.translation import gettext as _

_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an email address
    r"|(?:https?://|www\.)\S+"
    r"|\b(?:zalo\.me|fb\.com|facebook\.com|m\.me|t\.me)/\S+"
    r"|(?<!\d)(?:\+?84|0)(?:[\s.\-]?\d){8,10}(?!\d)",  # a Vietnamese telephone number
    re.IGNORECASE,
)


def hide_contacts(text: str) -> str:
    """The text with each of them replaced by `(đã ẩn)`."""
    return _CONTACT.sub(_("(đã ẩn)"), text)

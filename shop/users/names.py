"""What somebody types to sign in: an email or a telephone number, in any spelling.

A number is a name, not a proof: there is no gateway for text messages, so nobody's number is ever
confirmed by one. It names the one account that gave it (`User.phone` is unique) and opens it with
that account's password, nothing else: no link is sent to it and no order is found by it. Who finds
their number taken asks the staff, who call it back.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from shop.phone import normalise_phone
from shop.users.models import User

#: No account has this address: the password is still checked, so that time tells nothing.
NOBODY = "-"
LONGEST = 254


def account_name(typed: str) -> str:
    """The email of the account that `typed` names; an email in its stored spelling otherwise.

    For the number of no account the number itself, which no account is called.
    """
    text = typed.strip()[:LONGEST]
    if "@" in text:
        return text.lower()
    try:
        phone = normalise_phone(text)
    except ValidationError:
        return text.lower() or NOBODY
    email = User.objects.filter(phone=phone).values_list("email", flat=True).first()
    return email or phone


def locked_name(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str | None:
    """The name that wrong passwords are counted under: one for all spellings of an account."""
    given = credentials or {}
    typed = given.get("username") or given.get("email")
    if typed is None and request is not None:
        typed = request.POST.get("username")
    return None if typed is None else account_name(str(typed))

"""Who has to wait at the door: wrong passwords by account and by network, over all others.

django-axes closes one account for one network. Beside that stand two wider counts: wrong passwords
for one account from anywhere, and from one network for any account. They close the door to browsers
in which the account's owner never signed in; the owner's own browsers stay open, and a new password
by letter opens everything: nobody can lock an owner out.
"""

import hashlib
from typing import Any

from axes.utils import reset
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from shop.limits.counting import count, counted, forget
from shop.network import client_network
from shop.users.device import Device
from shop.users.names import account_name, locked_name

ACCOUNT, NETWORK = "wrong-passwords-of-account", "wrong-passwords"


def connect() -> None:
    user_login_failed.connect(_count_wrong, dispatch_uid="users.locking")


def seconds_to_wait(request: HttpRequest, typed: str) -> int:
    """How long this browser waits before it may try this account; 0 when it need not."""
    name = account_name(typed)
    usages = [counted(ACCOUNT, name), counted(NETWORK, client_network(request) or "unknown")]
    waits = [usage.seconds_left for usage in usages if usage.is_used_up]
    if not waits or _is_known(request, name):
        return 0
    return max(waits)


def open_again(email: str) -> None:
    """The owner proved to be one: what others guessed counts no longer."""
    forget(ACCOUNT, email)
    reset(username=email)


def _count_wrong(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    name = locked_name(request, credentials)
    if request is None or name is None:
        return
    count(ACCOUNT, name)
    count(NETWORK, client_network(request) or "unknown")


def _is_known(request: HttpRequest, name: str) -> bool:
    secret = request.COOKIES.get(settings.DEVICE_COOKIE, "")
    mark = hashlib.sha256(secret.encode()).hexdigest()
    return bool(secret) and Device.objects.filter(user__email=name, mark=mark).exists()

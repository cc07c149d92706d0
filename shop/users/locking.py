"""Who has to wait at the door: wrong passwords by account and by network, over all others.

django-axes closes one account for one network. Beside that stand two wider counts: wrong passwords
for one account from anywhere, and from one network for any account. All of them close the door to
browsers in which the account's owner never signed in. A browser in which they did is known by a
random mark in its cookie and has a count of its own, for that account alone; a new password by
letter opens everything: nobody can lock an owner out.
"""

import hashlib
from typing import Any

from axes.utils import reset
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest

from shop.limits.counting import count, counted, forget
from shop.network import client_network
from shop.users.device import Device
from shop.users.names import account_name, locked_name

ACCOUNT, NETWORK = "wrong-passwords-of-account", "wrong-passwords"
DEVICE = "wrong-passwords-of-device"


def connect() -> None:
    user_login_failed.connect(_count_wrong, dispatch_uid="users.locking")
    user_logged_in.connect(_forget_wrong, dispatch_uid="users.locking")


def seconds_to_wait(request: HttpRequest, typed: str) -> int:
    """How long this browser waits before it may try this account; 0 when it need not."""
    name = account_name(typed)
    if device := known_device(request, name):
        usages = [counted(DEVICE, device)]
    else:
        usages = [counted(ACCOUNT, name), counted(NETWORK, client_network(request) or "unknown")]
    return max((usage.seconds_left for usage in usages if usage.is_used_up), default=0)


def known_device(request: HttpRequest, typed: str) -> str:
    """What the browser is counted under where the account's owner signed in before; else empty.

    The mark in the cookie is random, kept as a hash beside the account: it cannot be made up, and
    says nothing for another account.
    """
    secret = request.COOKIES.get(settings.DEVICE_COOKIE, "")
    if not secret:
        return ""
    mark = hashlib.sha256(secret.encode()).hexdigest()
    devices = Device.objects.filter(user__email=account_name(typed), mark=mark)
    key = devices.values_list("pk", flat=True).first()
    return f"device:{key}" if key is not None else ""


def is_beyond_axes(request: HttpRequest, credentials: dict[str, Any] | None) -> bool:
    """For django-axes: a known browser waits for its own count, not for that of its network."""
    device = known_device(request, locked_name(request, credentials) or "")
    return bool(device) and not counted(DEVICE, device).is_used_up


def open_again(email: str) -> None:
    """The owner proved to be one: what was guessed counts no longer."""
    forget(ACCOUNT, email)
    for key in Device.objects.filter(user__email=email).values_list("pk", flat=True):
        forget(DEVICE, f"device:{key}")
    reset(username=email)


def _count_wrong(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    name = locked_name(request, credentials)
    if request is None or name is None:
        return
    count(ACCOUNT, name)
    count(NETWORK, client_network(request) or "unknown")
    if device := known_device(request, name):
        count(DEVICE, device)


def _forget_wrong(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    if request is not None and (device := known_device(request, user.email)):
        forget(DEVICE, device)

"""Knowing the browsers of a person: at sign-in, from time to time, and ending their sessions."""

import hashlib
import secrets
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from shop.users.device import Device, DeviceQuerySet
from shop.users.models import User

#: In the session: the device, when it was last written down (seconds of the epoch), and under
#: which key of the session.
SESSION_DEVICE, SESSION_SEEN, SESSION_NOTED = "device", "device_seen", "device_session"
#: `last_seen` is written at most so often.
SEEN_MINUTES = 10
COOKIE_SECONDS = 365 * 24 * 60 * 60
_MARK_BYTES = 24
_AGENT_LENGTH = 300


def connect() -> None:
    user_logged_in.connect(_on_sign_in, dispatch_uid="users.devices")
    user_logged_out.connect(_on_sign_out, dispatch_uid="users.devices")


def note_device(request: HttpRequest, user: User) -> Device:
    """Write down in which browser `user` signs in; `request.is_new_device` says whether it is new.

    New means: this person has signed in elsewhere before and never here. A first sign-in is none.
    A browser has one session: the one before, whose cookie was lost or copied away, ends.
    """
    secret = request.COOKIES.get(settings.DEVICE_COOKIE, "")
    if not secret:
        secret = secrets.token_urlsafe(_MARK_BYTES)
        request.device_secret = secret  # type: ignore[attr-defined]
    if not request.session.session_key:
        request.session.create()
    knows_others = user.devices.exists()
    now = timezone.now()
    mark = _hash(secret)
    _end_sessions_of(
        user.devices.filter(mark=mark).exclude(session_key=request.session.session_key)
    )
    device, made = Device.objects.update_or_create(
        user=user,
        mark=mark,
        defaults={
            "session_key": request.session.session_key or "",
            "user_agent": request.META.get("HTTP_USER_AGENT", "")[:_AGENT_LENGTH],
            "last_seen": now,
        },
    )
    request.session[SESSION_DEVICE] = device.pk
    request.session[SESSION_SEEN] = int(now.timestamp())
    request.session[SESSION_NOTED] = request.session.session_key
    request.is_new_device = made and knows_others  # type: ignore[attr-defined]
    return device


def note_use(request: HttpRequest) -> None:
    """Write down that the browser is in use: once in ten minutes, else without a query.

    A session that got another key (a new password, the second step) is followed at once: otherwise
    it could not be ended from another browser.
    """
    session = request.session
    now = timezone.now()
    is_fresh = now.timestamp() - session.get(SESSION_SEEN, 0) < SEEN_MINUTES * 60
    if is_fresh and session.get(SESSION_NOTED) == session.session_key:
        return
    Device.objects.filter(pk=session[SESSION_DEVICE]).update(
        session_key=session.session_key or "", last_seen=now
    )
    session[SESSION_NOTED] = session.session_key
    session[SESSION_SEEN] = int(now.timestamp())


def own_device(request: HttpRequest) -> int | None:
    """The key of the device that asks."""
    return request.session.get(SESSION_DEVICE)


def end_session(device: Device) -> None:
    """Sign that browser out, wherever it is; harmless when it is already."""
    _end_sessions_of(Device.objects.filter(pk=device.pk))


def end_other_sessions(request: HttpRequest, user: User) -> None:
    """Sign `user` out everywhere but in the session that asks."""
    _begin_new_round(user)
    _end_sessions_of(user.devices.exclude(pk=own_device(request)))
    update_session_auth_hash(request, user)


def end_all_sessions(user: User) -> None:
    """Sign `user` out everywhere."""
    _begin_new_round(user)
    _end_sessions_of(user.devices.all())


def forget_old_devices() -> int:
    """Browsers that did not come back for a year are unknown again."""
    before = timezone.now() - timedelta(days=settings.KEEP_DAYS["devices"])
    return Device.objects.filter(last_seen__lt=before).delete()[0]


def _on_sign_in(sender: Any, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    if request is not None and hasattr(request, "session"):
        note_device(request, user)


def _on_sign_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    key = request.session.get(SESSION_DEVICE)
    if key is not None:
        Device.objects.filter(pk=key).update(session_key="")


def _begin_new_round(user: User) -> None:
    """No session that began before holds any longer, also one that no device names."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])


def _end_sessions_of(devices: DeviceQuerySet) -> None:
    for key in devices.signed_in().values_list("session_key", flat=True):
        _store(key).delete()
    devices.update(session_key="")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _store(key: str) -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore(session_key=key)

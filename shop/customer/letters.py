"""Letters about an account: its password, the browsers it is used in."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import override

from shop.communication.writing import write_letter
from shop.users.device import Device
from shop.users.models import User


def write_password_letter(user: User) -> None:
    """A one-time link to set a new password, in the account's own language."""
    with override(user.language):
        link = reverse(
            "customer:password-reset",
            kwargs={
                "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
                "token": default_token_generator.make_token(user),
            },
        )
    _write("PASSWORD_RESET", user, link=settings.BASE_URL + link)


def write_password_changed_letter(user: User) -> None:
    """The password is another one. Whoever did not do that can still take the account back."""
    _write("PASSWORD_CHANGED", user, at=timezone.now(), link=_url(user, "customer:password-forgot"))


def write_new_device_letter(user: User, device: Device) -> None:
    """Somebody signed in, in a browser that this account was never used in."""
    with override(user.language):
        words = str(device)
    _write(
        "NEW_DEVICE",
        user,
        device=words,
        at=device.last_seen,
        link=_url(user, "customer:devices"),
    )


def _url(user: User, name: str) -> str:
    with override(user.language):
        return settings.BASE_URL + reverse(name)


def _write(event_code: str, user: User, **context: object) -> None:
    # A name that nobody's address stands behind is a stranger's words in somebody's mailbox.
    greeted = user if user.email_verified_at else None
    write_letter(
        event_code,
        to=user.email,
        context={"user": greeted, **context},
        language=user.language,
        user=user,
    )

"""A person's second step: an authenticator app and ten recovery codes, kept by django-otp.

One app for each person. A new one takes the old one's place when its first code fits.
"""

import math
import re
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_otp.models import Device, ThrottlingMixin
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from shop.audit.noting import note

#: Recovery codes made at a time; each opens once.
RECOVERY_CODES = 10
#: Wrong codes in a row after which the wait grows no longer: 2¹⁰ seconds, a quarter of an hour.
#: Whoever knows the password could otherwise close the door for years.
MOST_COUNTED = 11
_APP_CODE = re.compile(r"\d{6}")


class TooOften(Exception):
    """Wrong codes close the door for a while, longer each time.

    `seconds` until the next try, after so many `wrong` codes in a row.
    """

    def __init__(self, seconds: int, wrong: int) -> None:
        super().__init__(seconds, wrong)
        self.seconds, self.wrong = seconds, wrong


def has_second_step(user: Any) -> bool:
    """Whether this person has an app whose codes were seen to fit."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists()


def begin(user: Any) -> TOTPDevice:
    """The app that is being set up, the same one until its first code fits."""
    device: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, name="app", confirmed=False)


@transaction.atomic
def confirm(user: Any, code: str) -> list[str] | None:
    """Take the new app into use when `code` is its own; the recovery codes, shown once.

    None when the code does not fit. Raises TooOften.
    """
    rows = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False)
    device = rows.first()
    if device is None:
        return None
    if not _fits(device, _plain(code)):
        return None
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    note(user, "Đã cài đăng nhập hai bước.", by=user)
    return new_recovery_codes(user)


@transaction.atomic
def new_recovery_codes(user: Any) -> list[str]:
    """Ten new codes; the ones before open nothing any more."""
    device, _made = StaticDevice.objects.get_or_create(user=user, name="recovery")
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


@transaction.atomic
def check(user: Any, code: str) -> TOTPDevice | None:
    """The app of this person when `code` is the app's or a recovery code; each opens once.

    Raises TooOften. The session is tied to the app either way: when it is taken away, so is the
    session's second step.
    """
    plain = _plain(code)
    apps = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True)
    app: TOTPDevice | None = apps.first()
    if app is None:
        return None
    if _APP_CODE.fullmatch(plain):
        return app if _fits(app, plain) else None
    spare = StaticDevice.objects.select_for_update().filter(user=user).first()
    return app if spare is not None and _fits(spare, plain) else None


def codes_left(user: Any) -> int:
    """Recovery codes that were not used yet."""
    return int(StaticToken.objects.filter(device__user=user).count())


@transaction.atomic
def take_away(user: Any, *, by: Any) -> None:
    """The phone is lost: no app and no codes any more. Sessions that stood on them do not."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    note(user, "Đã bỏ đăng nhập hai bước: phải cài lại.", by=by)


def shorten_wait(user: Any) -> None:
    """Another password stands: whoever guessed codes behind the old one is out, nobody waits."""
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user=user).update(
            throttling_failure_count=0, throttling_failure_timestamp=None
        )


def _fits(device: Device, code: str) -> bool:
    assert isinstance(device, ThrottlingMixin)
    device.throttling_failure_count = min(device.throttling_failure_count, MOST_COUNTED)
    allowed, why = device.verify_is_allowed()
    if not allowed:
        until = (why or {}).get("locked_until")
        left = (until - timezone.now()).total_seconds() if until else 1
        raise TooOften(max(1, math.ceil(left)), (why or {}).get("failure_count", 0))
    return bool(device.verify_token(code))


def _plain(code: str) -> str:
    return re.sub(r"[\s-]", "", code).lower()

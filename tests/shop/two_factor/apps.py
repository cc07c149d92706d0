"""An authenticator app, as a phone has it."""

import time

from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from shop.users.models import User


def an_app(user: User) -> TOTPDevice:
    """The person's app, set up and in use."""
    device: TOTPDevice = TOTPDevice.objects.create(user=user, name="app", confirmed=True)
    return device


def code_of(device: TOTPDevice, *, later: int = 0) -> str:
    """What the app shows now, or `later` half minutes from now."""
    device.refresh_from_db()
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + later * device.step
    return f"{totp.token():06d}"

"""SePay (developer.sepay.vn): `/webhooks/sepay/`."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.conf import settings

from shop.payment.providers.base import (
    Credit,
    Forged,
    Garbled,
    Told,
    amount_of,
    header_of,
    json_of,
    moment_of,
    refuse_unless_recent,
    text_of,
)

#: As SePay's documentation asks.
WINDOW = timedelta(minutes=5)


def is_set_up() -> bool:
    return bool(settings.SEPAY_WEBHOOK_SECRET or settings.SEPAY_API_KEY)


def verify(headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """The signature where a secret is set, else the key. Raises Forged."""
    if settings.SEPAY_WEBHOOK_SECRET:
        _verify_signature(headers, body, now)
        return
    given = header_of(headers, "Authorization")
    expected = f"Apikey {settings.SEPAY_API_KEY}"
    if not settings.SEPAY_API_KEY or not hmac.compare_digest(given.encode(), expected.encode()):
        raise Forged("wrong key")


def _verify_signature(headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    stamp = header_of(headers, "X-SePay-Timestamp")
    secret = settings.SEPAY_WEBHOOK_SECRET.encode()
    mac = hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    given = header_of(headers, "X-SePay-Signature")
    if not hmac.compare_digest(given.encode(), f"sha256={mac}".encode()):
        raise Forged("wrong signature")
    try:
        told = datetime.fromtimestamp(int(stamp), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Forged("no time") from error
    refuse_unless_recent(told, now, WINDOW)


def parse(body: bytes | str) -> Told:
    """Raises Garbled."""
    found = json_of(body)
    message_id = text_of(found, "id", 200)
    if not message_id:
        raise Garbled("no id")
    if found.get("transferType") != "in":
        return Told(message_id, ())
    credit = Credit(
        reference=message_id,
        amount=amount_of(found, "transferAmount"),
        booked_at=moment_of(found, "transactionDate"),
        note=" ".join(filter(None, (text_of(found, "content"), text_of(found, "code")))),
        account_number=text_of(found, "accountNumber", 40),
    )
    return Told(message_id, (credit,))

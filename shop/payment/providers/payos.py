"""payOS: `/webhooks/payos/`."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings

from shop.payment.providers.base import (
    Credit,
    Forged,
    Garbled,
    Told,
    amount_of,
    json_of,
    moment_of,
    refuse_unless_recent,
    text_of,
)

#: Its messages carry no time of their own, only the transfer's: it may tell again for days.
WINDOW = timedelta(days=30)


def is_set_up() -> bool:
    return bool(settings.PAYOS_CHECKSUM_KEY)


def verify(headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """The signature stands in the body, over its `data`, keys sorted. Raises Forged."""
    try:
        found = json_of(body)
    except Garbled as error:
        raise Forged(str(error)) from error
    data, given = found.get("data"), found.get("signature")
    if not isinstance(data, dict) or not isinstance(given, str):
        raise Forged("nothing signed")
    signed = "&".join(f"{key}={_plain(data[key])}" for key in sorted(data))
    key = settings.PAYOS_CHECKSUM_KEY.encode()
    mac = hmac.new(key, signed.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(given.encode("utf-8", "surrogatepass"), mac.encode()):
        raise Forged("wrong signature")
    try:
        told = moment_of(data, "transactionDateTime")
    except Garbled as error:
        raise Forged(str(error)) from error
    refuse_unless_recent(told, now, WINDOW)


def _plain(value: Any) -> str:
    """As payOS writes it before signing: null is nothing."""
    if value is None or value in ("null", "undefined"):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | Decimal) else ""


def parse(body: bytes | str) -> Told:
    """Raises Garbled."""
    data = json_of(body).get("data")
    if not isinstance(data, dict):
        raise Garbled("no data")
    reference = text_of(data, "reference", 200)
    if not reference:
        raise Garbled("no reference")
    if text_of(data, "code") != "00":
        return Told(reference, ())
    credit = Credit(
        reference=reference,
        amount=amount_of(data, "amount"),
        booked_at=moment_of(data, "transactionDateTime"),
        note=text_of(data, "description"),
        account_number=text_of(data, "accountNumber", 40),
        currency=text_of(data, "currency", 3) or "VND",
    )
    return Told(reference, (credit,))

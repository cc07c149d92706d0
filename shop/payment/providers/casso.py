"""Casso, webhook version 2, and the older one with its token: `/webhooks/casso/`."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

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

WINDOW = timedelta(hours=1)


def is_set_up() -> bool:
    return bool(settings.CASSO_WEBHOOK_KEY or settings.CASSO_SECURE_TOKEN)


def verify(headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Version 2's signature where its key is set, else the older token. Raises Forged."""
    if settings.CASSO_WEBHOOK_KEY:
        _verify_signature(header_of(headers, "X-Casso-Signature"), body, now)
        return
    given, expected = header_of(headers, "secure-token"), settings.CASSO_SECURE_TOKEN
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        raise Forged("wrong token")


def _verify_signature(header: str, body: bytes, now: datetime) -> None:
    """`t=<ms>,v1=<hex>` over `t.` and the body as compact JSON, keys sorted at every level."""
    parts = dict(part.strip().partition("=")[::2] for part in header.split(","))
    stamp, given = parts.get("t", ""), parts.get("v1", "")
    try:
        # Numbers keep the spelling that they were signed in.
        found = json.loads(body, parse_float=_Verbatim)
        plain = json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        signed = f"{stamp}.{plain}".encode()
    except (ValueError, RecursionError) as error:
        raise Forged("cannot be signed") from error
    mac = hmac.new(settings.CASSO_WEBHOOK_KEY.encode(), signed, hashlib.sha512).hexdigest()
    if not hmac.compare_digest(given.encode(), mac.encode()):
        raise Forged("wrong signature")
    try:
        told = datetime.fromtimestamp(int(stamp) / 1000, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Forged("no time") from error
    refuse_unless_recent(told, now, WINDOW)


class _Verbatim(float):
    """A number with a fraction that is written again as it was read."""

    def __new__(cls, text: str) -> "_Verbatim":
        made = super().__new__(cls, text)
        made.text = text
        return made

    text: str

    def __repr__(self) -> str:
        return self.text


def parse(body: bytes | str) -> Told:
    """One sum (version 2) or a list of them (older). Raises Garbled."""
    found = json_of(body)
    data = found.get("data")
    rows = data if isinstance(data, list) else [data]
    told = [_credit(row) for row in rows]
    credits = tuple(credit for credit in told if credit is not None)
    raw = body.encode() if isinstance(body, str) else body
    return Told(hashlib.sha256(raw).hexdigest(), credits)


def _credit(row: Any) -> Credit | None:
    """None for money that went out."""
    if not isinstance(row, dict):
        raise Garbled("data is no transaction")
    if text_of(row, "amount").startswith("-"):
        return None
    reference = text_of(row, "reference", 200) or text_of(row, "tid", 200)
    key = text_of(row, "id", 50)
    if not reference and not key:
        raise Garbled("a transaction without a name")
    when = "transactionDateTime" if row.get("transactionDateTime") else "when"
    return Credit(
        reference=":".join(filter(None, (key, reference))),
        amount=amount_of(row, "amount"),
        booked_at=moment_of(row, when),
        note=text_of(row, "description"),
        account_number=text_of(row, "accountNumber", 40),
    )

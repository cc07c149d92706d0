"""What every teller of bank transfers has in common: proof of who speaks, and sums in đồng."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

HO_CHI_MINH = ZoneInfo("Asia/Ho_Chi_Minh")
#: The largest sum that the books hold, đồng.
MOST = Decimal(10) ** 13


class Forged(Exception):
    """Not from the provider, or told too long ago. The message is for the log."""


class Garbled(Exception):
    """From the provider, and not to be understood. The message is for the log."""


@dataclass(frozen=True)
class Credit:
    """One sum that reached an account. `reference` is unique with its provider."""

    reference: str
    amount: Decimal
    booked_at: datetime
    note: str
    account_number: str = ""
    currency: str = "VND"


@dataclass(frozen=True)
class Told:
    """One message: its own name, and the sums in it. Money that went out is left away."""

    message_id: str
    credits: tuple[Credit, ...]


def header_of(headers: Mapping[str, str], name: str) -> str:
    """A header whatever its capitals."""
    return next((value for key, value in headers.items() if key.lower() == name.lower()), "")


def json_of(body: bytes | str) -> dict[str, Any]:
    """Raises Garbled for anything but an object."""
    try:
        found = json.loads(body, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise Garbled(f"not JSON: {error}") from error
    if not isinstance(found, dict):
        raise Garbled("not an object")
    return found


def text_of(found: Mapping[str, Any], name: str, most: int = 500) -> str:
    """A text or number as text; empty for nothing. Raises Garbled for anything else."""
    value = found.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise Garbled(f"{name} is no text")
    try:
        # Half of a letter (`\\ud800`) cannot be kept, nor a zero byte in PostgreSQL.
        str(value).encode()
    except UnicodeEncodeError as error:
        raise Garbled(f"{name} is no text") from error
    return str(value).replace("\x00", "")[:most]


def amount_of(found: Mapping[str, Any], name: str) -> Decimal:
    """Whole đồng, positive. Raises Garbled."""
    value = found.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise Garbled(f"{name} is no amount")
    try:
        amount = Decimal(value)
        if not amount.is_finite() or amount != amount.to_integral_value() or not 0 < amount < MOST:
            raise Garbled(f"{name} is no amount in whole đồng: {value}")
    except InvalidOperation as error:
        raise Garbled(f"{name} is no amount: {value}") from error
    return amount.quantize(Decimal(1))


def moment_of(found: Mapping[str, Any], name: str) -> datetime:
    """`2026-11-20 14:02:37` in Việt Nam's time, or ISO 8601 with its own zone. Raises Garbled."""
    try:
        moment = datetime.fromisoformat(text_of(found, name))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=HO_CHI_MINH)
        # Times at the edge of the calendar cannot be told in another zone.
        moment.astimezone(HO_CHI_MINH).utctimetuple()
    except (ValueError, OverflowError) as error:
        raise Garbled(f"{name} is no time") from error
    return moment


def refuse_unless_recent(told: datetime, now: datetime, window: timedelta) -> None:
    """Raises Forged for a message from longer ago, or from the future."""
    if abs(now - told) > window:
        raise Forged(f"told at {told}, it is {now}")

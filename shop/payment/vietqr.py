"""VietQR: the payload of a bank transfer by NAPAS 247, written and read by its rules.

Source: NAPAS, "Đặc tả kỹ thuật QR Code chuyển tiền nhanh NAPAS247", version 1.0 (09/2021), on top
of EMVCo's merchant-presented QR. A payload is a row of fields: two digits of tag, two digits of
length, the value; some values are such rows themselves; the last field is a checksum over all
before it.
"""

import re
from dataclasses import dataclass

import segno

#: NAPAS's own identifier, and the two services.
NAPAS = "A000000727"
TO_ACCOUNT, TO_CARD = "QRIBFTTA", "QRIBFTTC"
REUSABLE, ONE_TIME = "11", "12"
DONG, VIETNAM = "704", "VN"

MOST_ACCOUNT, MOST_AMOUNT, MOST_TEXT = 19, 13, 25
#: Fields that a transfer may have, in the order in which they are written.
KNOWN = ("00", "01", "38", "52", "53", "54", "58", "59", "60", "61", "62", "63")
REQUIRED = ("00", "01", "38", "53", "58", "63")


class BadPayload(ValueError):
    """Not a VietQR payload: the checksum or the structure is wrong. Says which."""


@dataclass(frozen=True)
class Transfer:
    """What a payload asks for. `amount` is whole đồng, None for any; `note` goes with the money.

    `bank_bin` is the bank's six digits; `account` an account, or a card where `to_card`. `bill`
    is the seller's own number. `one_time` codes are for one order. Raises ValueError for what the
    rules do not allow: nothing is cut off in silence.
    """

    bank_bin: str
    account: str
    amount: int | None = None
    note: str = ""
    bill: str = ""
    to_card: bool = False
    one_time: bool = True

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{6}", self.bank_bin):
            raise ValueError("the bank's BIN is six digits")
        if not re.fullmatch(rf"[0-9A-Za-z]{{1,{MOST_ACCOUNT}}}", self.account):
            raise ValueError(f"an account is 1 to {MOST_ACCOUNT} letters and digits")
        if self.amount is not None and not 0 < self.amount < 10**MOST_AMOUNT:
            raise ValueError(f"an amount is 1 đồng to {MOST_AMOUNT} digits")
        for name, text in (("note", self.note), ("bill", self.bill)):
            if not re.fullmatch(rf"[\x20-\x7e]{{0,{MOST_TEXT}}}", text):
                raise ValueError(f"{name}: at most {MOST_TEXT} plain ASCII characters")


def encode(transfer: Transfer) -> str:
    """The payload of `transfer`, ASCII."""
    service = TO_CARD if transfer.to_card else TO_ACCOUNT
    beneficiary = _field("00", transfer.bank_bin) + _field("01", transfer.account)
    merchant = _field("00", NAPAS) + _field("01", beneficiary) + _field("02", service)
    extra = _field("01", transfer.bill) + _field("08", transfer.note)
    payload = (
        _field("00", "01")
        + _field("01", ONE_TIME if transfer.one_time else REUSABLE)
        + _field("38", merchant)
        + _field("53", DONG)
        + _field("54", "" if transfer.amount is None else str(transfer.amount))
        + _field("58", VIETNAM)
        + _field("62", extra)
        + "6304"
    )
    return payload + checksum(payload)


def decode(payload: str) -> Transfer:
    """What `payload` asks for. Raises BadPayload for a wrong checksum or structure.

    A right checksum over a wrong structure is refused too.
    """
    if not payload.isascii() or len(payload) < 8 or payload[-8:-4] != "6304":
        raise BadPayload("the last field is not a checksum")
    if checksum(payload[:-4]) != payload[-4:]:
        raise BadPayload("the checksum is wrong")
    fields = _fields(payload, "the payload")
    if next(iter(fields)) != "00" or list(fields)[-1] != "63":
        raise BadPayload("the first field must be 00 and the last 63")
    if unknown := set(fields) - set(KNOWN):
        raise BadPayload(f"unknown fields {sorted(unknown)}")
    if missing := [tag for tag in REQUIRED if tag not in fields]:
        raise BadPayload(f"fields {missing} are missing")
    for tag, value in (("00", "01"), ("53", DONG), ("58", VIETNAM)):
        if fields[tag] != value:
            raise BadPayload(f"field {tag} must be {value}")
    if fields["01"] not in (REUSABLE, ONE_TIME):
        raise BadPayload("field 01 must be 11 or 12")
    bank_bin, account, service = _merchant(fields["38"])
    extra = _fields(fields.get("62", ""), "field 62")
    if unknown := set(extra) - {"01", "05", "07", "08"}:
        raise BadPayload(f"field 62 holds unknown {sorted(unknown)}")
    try:
        return Transfer(
            bank_bin=bank_bin,
            account=account,
            amount=_amount(fields.get("54")),
            note=extra.get("08", ""),
            bill=extra.get("01", ""),
            to_card=service == TO_CARD,
            one_time=fields["01"] == ONE_TIME,
        )
    except ValueError as error:
        raise BadPayload(str(error)) from error


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE in four capital hexadecimal digits: `123456789` gives `29B1`."""
    value = 0xFFFF
    for byte in text.encode("ascii"):
        value ^= byte << 8
        for _bit in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return f"{value:04X}"


def picture(payload: str, *, title: str) -> str:
    """The code as an SVG element for a page: no inline style, a name for those who do not see."""
    code = segno.make(payload, error="m", micro=False)
    return str(
        code.svg_inline(
            border=4, omitsize=True, light="#fff", dark="#000", title=title, svgclass="qr"
        )
    )


def _field(tag: str, value: str) -> str:
    """Nothing for an empty value."""
    if len(value) > 99:
        raise ValueError(f"field {tag} is longer than 99 characters")
    return f"{tag}{len(value):02d}{value}" if value else ""


def _fields(text: str, where: str) -> dict[str, str]:
    """The fields of a row, in their order. Raises BadPayload where it does not add up."""
    found: dict[str, str] = {}
    position = 0
    while position < len(text):
        head = text[position : position + 4]
        if not re.fullmatch(r"[0-9]{4}", head):
            raise BadPayload(f"{where} is broken at {position}")
        tag, length = head[:2], int(head[2:])
        value = text[position + 4 : position + 4 + length]
        if length == 0 or len(value) != length:
            raise BadPayload(f"{where}: field {tag} has a wrong length")
        if tag in found:
            raise BadPayload(f"{where}: field {tag} stands twice")
        found[tag] = value
        position += 4 + length
    return found


def _merchant(text: str) -> tuple[str, str, str]:
    merchant = _fields(text, "field 38")
    if list(merchant) != ["00", "01", "02"] or merchant["00"] != NAPAS:
        raise BadPayload("field 38 is not NAPAS's")
    if merchant["02"] not in (TO_ACCOUNT, TO_CARD):
        raise BadPayload("field 38 names no service of NAPAS 247")
    beneficiary = _fields(merchant["01"], "field 38-01")
    if list(beneficiary) != ["00", "01"]:
        raise BadPayload("field 38-01 is not a bank and an account")
    return beneficiary["00"], beneficiary["01"], merchant["02"]


def _amount(text: str | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"[1-9][0-9]*", text):
        raise BadPayload("an amount is whole đồng without a leading nought")
    return int(text)

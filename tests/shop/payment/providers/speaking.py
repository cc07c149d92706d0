"""Messages as the tellers of bank transfers write and sign them."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

SEPAY_SECRET, CASSO_KEY, PAYOS_KEY = "whsec_test", "casso-key", "payos-key"


def sepay(note: str, amount: int, now: datetime, **facts: Any) -> tuple[bytes, dict[str, str]]:
    message = {
        "id": 92704,
        "gateway": "Vietcombank",
        "transactionDate": f"{now:%Y-%m-%d %H:%M:%S}",
        "accountNumber": "0123499999",
        "code": None,
        "content": note,
        "transferType": "in",
        "transferAmount": amount,
        "accumulated": 19077000,
        "subAccount": None,
        "referenceCode": "MBVCB.3278907687",
        "description": "",
        **facts,
    }
    body = json.dumps(message).encode()
    stamp = str(int(now.timestamp()))
    mac = hmac.new(SEPAY_SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256)
    return body, {
        "X-SePay-Timestamp": stamp,
        "X-SePay-Signature": f"sha256={mac.hexdigest()}",
    }


def casso(note: str, amount: int, now: datetime, **facts: Any) -> tuple[bytes, dict[str, str]]:
    data = {
        "id": 5151,
        "reference": "FT26328",
        "description": note,
        "amount": amount,
        "runningBalance": 25000000,
        "transactionDateTime": f"{now:%Y-%m-%d %H:%M:%S}",
        "accountNumber": "88888888",
        "bankName": "VPBank",
        **facts,
    }
    message = {"error": 0, "data": data}
    stamp = str(int(now.timestamp() * 1000))
    plain = json.dumps(message, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    mac = hmac.new(CASSO_KEY.encode(), f"{stamp}.{plain}".encode(), hashlib.sha512)
    return json.dumps(message).encode(), {"X-Casso-Signature": f"t={stamp},v1={mac.hexdigest()}"}


def payos(note: str, amount: int, now: datetime, **facts: Any) -> tuple[bytes, dict[str, str]]:
    data = {
        "orderCode": 123,
        "amount": amount,
        "description": note,
        "accountNumber": "12345678",
        "reference": "TF230204212323",
        "transactionDateTime": f"{now:%Y-%m-%d %H:%M:%S}",
        "currency": "VND",
        "paymentLinkId": "124c33293c43417ab7879e14c8d9eb18",
        "code": "00",
        "desc": "Thành công",
        "counterAccountName": None,
        **facts,
    }
    signed = "&".join(f"{k}={'' if data[k] is None else data[k]}" for k in sorted(data))
    mac = hmac.new(PAYOS_KEY.encode(), signed.encode(), hashlib.sha256).hexdigest()
    message = {"code": "00", "desc": "success", "success": True, "data": data, "signature": mac}
    return json.dumps(message).encode(), {}

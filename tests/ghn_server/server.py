"""A server on this machine that speaks the part of GHN's public contract that the shop speaks.

Paths, fields and answers as api.ghn.vn/home/docs describes them. What it does not ask for, the
shop does not send: unknown fields are refused, missing ones and wrong types too.
"""

import json
import threading
import time
import uuid
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN, SHOP_ID = "637170d5-942b-11ea-9821-0281a26fb5d4", 81558

PROVINCES = [
    {"ProvinceID": 248, "ProvinceName": "Bắc Giang", "NameExtension": ["Tỉnh Bắc Giang"]},
    {"ProvinceID": 201, "ProvinceName": "Hà Nội", "NameExtension": ["TP Hà Nội", "hanoi"]},
]
DISTRICTS = [
    {"DistrictID": 1761, "ProvinceID": 248, "DistrictName": "Huyện Lục Nam"},
    {"DistrictID": 1485, "ProvinceID": 201, "DistrictName": "Quận Cầu Giấy"},
]
WARDS = [
    {"WardCode": "180801", "DistrictID": 1761, "WardName": "Xã Bắc Lũng"},
    {"WardCode": "180802", "DistrictID": 1761, "WardName": "Xã Yên Sơn"},
    {"WardCode": "180803", "DistrictID": 1761, "WardName": "Xã Vũ Xá"},
    {"WardCode": "1A0601", "DistrictID": 1485, "WardName": "Phường Dịch Vọng"},
    {"WardCode": "1A0602", "DistrictID": 1485, "WardName": "Phường Quan Hoa"},
]
_MEASURES = {"weight": int, "length": int, "width": int, "height": int}
FEE = {
    **{"service_type_id": int, "from_district_id": int, "from_ward_code": str},
    **{"to_district_id": int, "to_ward_code": str, "insurance_value": int, "cod_value": int},
    **_MEASURES,
}
ORDER = {
    **{"client_order_code": str, "payment_type_id": int, "service_type_id": int},
    **{"required_note": str, "note": str, "from_name": str, "from_phone": str},
    **{"from_address": str, "from_ward_name": str, "from_district_name": str},
    **{"from_province_name": str, "from_district_id": int, "from_ward_code": str},
    **{"to_name": str, "to_phone": str, "to_address": str, "to_district_id": int},
    **{"to_ward_code": str, "cod_amount": int, "insurance_value": int, "items": list},
    **_MEASURES,
}


@dataclass
class State:
    """What the server knows, and how it is to behave."""

    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    #: Seconds before each answer.
    delay: float = 0
    #: Instead of an answer: a status and raw bytes.
    instead: tuple[int, bytes] | None = None
    #: The next order is made, its answer never arrives.
    lose_answer: bool = False
    refuse: str = ""


class GhnServer:
    """Started by `with GhnServer() as ghn:`; `ghn.address` is its base."""

    def __init__(self) -> None:
        self.state = State()
        state, lock = self.state, threading.Lock()

        class Handler(_Handler):
            pass

        Handler.state, Handler.lock = state, lock
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}/shiip/public-api"

    def __enter__(self) -> "GhnServer":
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def stop(self) -> None:
        """From now on nobody answers."""
        self.http.shutdown()
        self.http.server_close()


def told(number: str, status: str, at: str = "2026-12-01T03:52:50.158Z", **more: Any) -> bytes:
    """The body of a message about a shipment."""
    return json.dumps(
        {
            "CODAmount": 0,
            "ClientOrderCode": "",
            "Description": "",
            "OrderCode": number,
            "Reason": "",
            "ShopID": SHOP_ID,
            "Status": status,
            "Time": at,
            "Type": "switch_status",
            "Warehouse": "Bưu cục Lục Nam",
            **more,
        }
    ).encode()


class _Refused(Exception):
    pass


class _Handler(BaseHTTPRequestHandler):
    state: State
    lock: threading.Lock
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self._answer(json.loads(self.rfile.read(length) or b"null"))

    def _answer(self, asked: Any) -> None:
        path = self.path.partition("?")[0].removeprefix("/shiip/public-api/")
        self.state.calls.append(path)
        time.sleep(self.state.delay)
        if self.state.instead:
            self._send(*self.state.instead)
            return
        if self.headers.get("Token") != TOKEN:
            self._tell(401, "Token is not valid!", None)
            return
        try:
            with self.lock:
                data = self._do(path, asked)
        except _Refused as refusal:
            self._tell(400, str(refusal), None)
            return
        if path.endswith("/create") and self.state.lose_answer:
            self.state.lose_answer = False
            self.close_connection = True
            self.connection.close()
            return
        self._tell(200, "Success", data)

    def _do(self, path: str, asked: Any) -> Any:
        if path == "master-data/province":
            return PROVINCES
        if path == "master-data/district":
            return [row for row in DISTRICTS if row["ProvinceID"] == asked["province_id"]]
        if path == "master-data/ward":
            return [row for row in WARDS if row["DistrictID"] == asked["district_id"]] or None
        if self.headers.get("ShopId") != str(SHOP_ID):
            raise _Refused("ShopId is not valid")
        if self.state.refuse:
            raise _Refused(self.state.refuse)
        if path == "v2/shipping-order/fee":
            _check(FEE, asked)
            return {"total": 22_000 + asked["weight"] // 500 * 3_000, "service_fee": 22_000}
        if path == "v2/shipping-order/create":
            return self._create(asked)
        if path == "v2/shipping-order/detail-by-client-code":
            found = self._by_client_code(asked["client_order_code"])
            if found is None:
                raise _Refused("Order not found")
            return found
        if path == "v2/switch-status/cancel":
            return [self._cancelled(code) for code in asked["order_codes"]]
        if path == "v2/a5/gen-token":
            return {"token": uuid.uuid4().hex}
        raise _Refused(f"no {path}")

    def _create(self, asked: dict[str, Any]) -> dict[str, Any]:
        _check(ORDER, asked)
        place = (asked["to_district_id"], asked["to_ward_code"])
        if place not in {(row["DistrictID"], row["WardCode"]) for row in WARDS}:
            raise _Refused("to_ward_code is not valid")
        if self._by_client_code(asked["client_order_code"]) is not None:
            raise _Refused("client_order_code is existed")
        self.state.asked.append(asked)
        code = f"L{uuid.uuid4().hex[:5].upper()}"
        self.state.orders[code] = {
            "order_code": code,
            "client_order_code": asked["client_order_code"],
            "total_fee": 25_000,
            "expected_delivery_time": "2026-12-03T16:00:00Z",
            "status": "ready_to_pick",
        }
        return self.state.orders[code]

    def _by_client_code(self, code: str) -> dict[str, Any] | None:
        orders = self.state.orders.values()
        return next((each for each in orders if each["client_order_code"] == code), None)

    def _cancelled(self, code: str) -> dict[str, Any]:
        order = self.state.orders.get(code)
        if order is None or order["status"] != "ready_to_pick":
            return {"order_code": code, "result": False, "message": "cannot cancel"}
        order["status"] = "cancel"
        return {"order_code": code, "result": True, "message": "OK"}

    def _tell(self, code: int, message: str, data: Any) -> None:
        body = json.dumps({"code": code, "message": message, "data": data}).encode()
        self._send(code, body)

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _check(fields: dict[str, type], asked: dict[str, Any]) -> None:
    if unknown := set(asked) - set(fields):
        raise _Refused(f"unknown: {sorted(unknown)}")
    for name, kind in fields.items():
        if not isinstance(asked.get(name), kind) or isinstance(asked[name], bool):
            raise _Refused(f"{name} is not valid")

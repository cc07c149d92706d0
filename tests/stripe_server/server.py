"""A server on this machine that speaks the part of Stripe that the shop speaks with."""

import hashlib
import hmac
import json
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from stripe.params import RefundCreateParams
from stripe.params.checkout import SessionCreateParams, SessionExpireParams

from tests.stripe_server.checking import Refused, check, nested

SECRET_KEY, WEBHOOK_SECRET = "sk_test_phien_cho", "whsec_phien_cho"


@dataclass
class State:
    """What the server knows, and how it is to behave."""

    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: Idempotency-Key to the request's body and its answer.
    answers: dict[str, tuple[str, int, dict[str, Any]]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    #: Seconds before each answer.
    delay: float = 0
    #: Instead of an answer: a status and raw bytes.
    instead: tuple[int, bytes] | None = None
    #: Refunds are refused with this code.
    refuse_refunds: str = ""


class StripeServer:
    """Started by `with StripeServer() as stripe:`; `stripe.address` is its base."""

    def __init__(self) -> None:
        self.state = State()
        state, lock = self.state, threading.Lock()

        class Handler(_Handler):
            pass

        Handler.state, Handler.lock = state, lock
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}"

    def __enter__(self) -> "StripeServer":
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def stop(self) -> None:
        """From now on nobody answers."""
        self.http.shutdown()
        self.http.server_close()

    # --- What happens on Stripe's own pages ------------------------------------------------------

    def pay(self, session_id: str, *, amount: int | None = None, currency: str = "") -> dict:
        """The buyer paid on the hosted page."""
        session = self.state.sessions[session_id]
        session |= {
            "status": "complete",
            "payment_status": "paid",
            "payment_intent": session["payment_intent"] or f"pi_{uuid.uuid4().hex[:16]}",
        }
        if amount is not None:
            session["amount_total"] = amount
        if currency:
            session["currency"] = currency
        return session

    def expire(self, session_id: str) -> dict:
        self.state.sessions[session_id] |= {"status": "expired", "url": None}
        return self.state.sessions[session_id]


def event(kind: str, thing: dict[str, Any], *, name: str = "") -> bytes:
    """The body of a webhook about `thing`."""
    return json.dumps(
        {
            "id": name or f"evt_{uuid.uuid4().hex[:16]}",
            "object": "event",
            "type": kind,
            "created": int(time.time()),
            "livemode": False,
            "data": {"object": thing},
        }
    ).encode()


def signature(body: bytes, *, at: float | None = None, secret: str = WEBHOOK_SECRET) -> str:
    """The header `Stripe-Signature` for a body."""
    stamp = str(int(time.time() if at is None else at))
    mac = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={mac}"


class _Handler(BaseHTTPRequestHandler):
    state: State
    lock: threading.Lock
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self._answer(self.rfile.read(length).decode())

    def _answer(self, body: str) -> None:
        path = self.path.partition("?")[0]
        self.state.calls.append(f"{self.command} {path}")
        time.sleep(self.state.delay)
        if self.state.instead:
            self._send(*self.state.instead)
            return
        if self.headers.get("Authorization") != f"Bearer {SECRET_KEY}":
            self._fail(401, "Invalid API Key provided", code="api_key_invalid")
            return
        key = self.headers.get("Idempotency-Key") if self.command == "POST" else None
        with self.lock:
            if key and (known := self.state.answers.get(key)):
                if known[0] != f"{path} {body}":
                    self._fail(400, "Keys for idempotent requests", kind="idempotency_error")
                else:
                    self._send(known[1], json.dumps(known[2]).encode())
                return
            status, answer = self._do(path, body)
            if key and status < 500:
                self.state.answers[key] = (f"{path} {body}", status, answer)
        self._send(status, json.dumps(answer).encode())

    def _do(self, path: str, body: str) -> tuple[int, dict[str, Any]]:
        parts = path.strip("/").split("/")
        routes: dict[tuple[str, ...], Callable[..., dict[str, Any]]] = {
            ("POST", "v1", "checkout", "sessions"): self._create_session,
            ("GET", "v1", "checkout", "sessions", "*"): self._session,
            ("POST", "v1", "checkout", "sessions", "*", "expire"): self._expire_session,
            ("POST", "v1", "refunds"): self._create_refund,
            ("GET", "v1", "refunds", "*"): self._refund,
        }
        for route, act in routes.items():
            if len(route) != len(parts) + 1 or route[0] != self.command:
                continue
            if all(a in ("*", b) for a, b in zip(route[1:], parts, strict=True)):
                names = [b for a, b in zip(route[1:], parts, strict=True) if a == "*"]
                try:
                    return 200, act(nested(body), *names)
                except Refused as refusal:
                    return 400, _error(str(refusal), refusal.code, param=refusal.param)
                except KeyError:
                    return 404, _error(f"No such thing: {names}", "resource_missing")
        return 404, _error(f"Unrecognized request URL ({self.command}: {path})", "")

    # --- Operations -----------------------------------------------------------------------------

    def _create_session(self, form: dict[str, Any]) -> dict[str, Any]:
        check(SessionCreateParams, form)
        lines = form["line_items"].values()
        total = 0
        for line in lines:
            price = line["price_data"]
            if price["currency"] != "vnd":
                raise Refused("Invalid currency", "line_items", "parameter_invalid")
            total += int(price["unit_amount"]) * int(line["quantity"])
        left = int(form["expires_at"]) - time.time()
        if not 30 * 60 - 5 <= left <= 24 * 3600:
            raise Refused(
                "The `expires_at` timestamp must be at least 30 minutes from now.",
                "expires_at",
                "parameter_invalid",
            )
        name = f"cs_test_{uuid.uuid4().hex}"
        session = {
            "id": name,
            "object": "checkout.session",
            "amount_total": total,
            "currency": "vnd",
            "client_reference_id": form.get("client_reference_id"),
            "metadata": form.get("metadata", {}),
            "mode": form["mode"],
            "status": "open",
            "payment_status": "unpaid",
            "payment_intent": None,
            "url": f"https://checkout.stripe.example/c/pay/{name}",
            "success_url": form["success_url"],
            "expires_at": int(form["expires_at"]),
        }
        self.state.sessions[name] = session
        return session

    def _session(self, _form: dict[str, Any], name: str) -> dict[str, Any]:
        return self.state.sessions[name]

    def _expire_session(self, form: dict[str, Any], name: str) -> dict[str, Any]:
        check(SessionExpireParams, form)
        session = self.state.sessions[name]
        if session["status"] != "open":
            raise Refused(
                'Only Checkout Sessions with a status in ["open"] can be expired.',
                "session",
                "resource_already_exists",
            )
        return session | {"status": session.update(status="expired", url=None) or "expired"}

    def _create_refund(self, form: dict[str, Any]) -> dict[str, Any]:
        check(RefundCreateParams, form)
        if self.state.refuse_refunds:
            raise Refused("This charge was refused.", "charge", self.state.refuse_refunds)
        name = f"re_{uuid.uuid4().hex[:16]}"
        self.state.refunds[name] = {
            "id": name,
            "object": "refund",
            "amount": int(form["amount"]),
            "currency": "vnd",
            "payment_intent": form["payment_intent"],
            "metadata": form.get("metadata", {}),
            "status": "succeeded",
        }
        return self.state.refunds[name]

    def _refund(self, _form: dict[str, Any], name: str) -> dict[str, Any]:
        return self.state.refunds[name]

    # --- Answers --------------------------------------------------------------------------------

    def _fail(
        self, status: int, message: str, code: str = "", kind: str = "invalid_request_error"
    ) -> None:
        self._send(status, json.dumps(_error(message, code, kind=kind)).encode())

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _error(
    message: str, code: str, *, param: str = "", kind: str = "invalid_request_error"
) -> dict[str, Any]:
    return {"error": {"type": kind, "message": message, "code": code, "param": param}}

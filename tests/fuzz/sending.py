"""Sending a request and saying what is wrong with the answer; what it changed is undone."""

import traceback
from collections import Counter
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client, TestCase

from tests.fuzz.requests import Request
from tests.fuzz.values import ELSEWHERE, MARKUP

ROOMS = tuple(str(settings.BASE_DIR / room) for room in ("shop", "catalogue", "cms", "templates"))


@dataclass
class Log:
    """How many requests were answered how, and each fault once with a request that shows it."""

    answered: Counter[str] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def sent(self) -> int:
        return sum(self.answered.values())

    def note(self, request: Request, status: int, fault: str, detail: str = "") -> None:
        self.answered[f"{request.target.role} {status}"] += 1
        if fault:
            self.seen[fault] += 1
            self.faults.setdefault(fault, f"{request}\n{detail}")

    def __str__(self) -> str:
        lines = [f"{self.sent} requests"]
        for role in sorted({each.split()[0] for each in self.answered}):
            counts = {k.split()[1]: n for k, n in self.answered.items() if k.split()[0] == role}
            lines.append(f"  {role}: {dict(sorted(counts.items()))}")
        for fault, shown in self.faults.items():
            lines.append(f"\n=== {fault} ({self.seen[fault]} times)\n{shown}")
        return "\n".join(lines)


def send(client: Client, request: Request, log: Log, *, anew: bool = True) -> str:
    """What is wrong with the answer, empty for nothing; counted in `log`.

    `anew`: nothing is kept from before, neither pages nor how often somebody asked.
    """
    cookies = client.cookies
    client.cookies = SimpleCookie(cookies.output(header="", sep=";"))
    for name, value in request.cookies.items():
        client.cookies[name] = value
    if anew:
        cache.clear()
    try:
        with transaction.atomic():
            fault, status, detail = _sent(client, request)
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies
        mail.outbox.clear()
    log.note(request, status, fault, detail)
    return fault


def _sent(client: Client, request: Request) -> tuple[str, int, str]:
    asked: dict[str, Any] = dict(request.headers)
    response: Any
    path = f"{request.path}?{request.query}" if request.query else request.path
    try:
        with TestCase.captureOnCommitCallbacks(execute=True):
            if request.content_type or not isinstance(request.data, dict):
                body = request.data or b""
                kind = request.content_type or "application/octet-stream"
                raw = body if isinstance(body, bytes) else str(body).encode()
                response = client.generic(request.method, path, raw, kind, **asked)
            else:
                response = client.post(path, request.data, **asked)
            # Files are read, as a server would.
            content = b"".join(response.streaming_content) if response.streaming else b""
    except Exception as error:  # what is done after the commit, or the client itself
        return _place(error), 500, "".join(traceback.format_exception(error)[-6:])
    if response.status_code >= 500:
        broken = getattr(response, "exc_info", (None, None))[1]
        if broken is None:
            return f"{response.status_code} {request.path}", response.status_code, ""
        detail = "".join(traceback.format_exception(broken)[-6:])
        return _place(broken), response.status_code, detail
    goes = urlsplit(response.get("Location", "").replace("\\", "/"))
    if ELSEWHERE in goes.netloc:
        return f"leads away: {request.target.path}", response.status_code, response["Location"]
    if not response.streaming:
        content = response.content
    if "html" in response.get("Content-Type", "") and MARKUP[2:].encode() in content:
        return f"markup let through: {request.target.path}", response.status_code, ""
    return "", response.status_code, ""


def _place(error: BaseException) -> str:
    """Kind of the error and the last line of ours that it went through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [each for each in frames if each.filename.startswith(ROOMS)]
    last = (ours or frames)[-1]
    name = last.filename.removeprefix(str(settings.BASE_DIR) + "/")
    return f"{type(error).__name__} at {name}:{last.lineno}"

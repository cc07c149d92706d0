"""A drawn page: whether it may be kept, and what of it."""

import gzip
import hashlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

#: Headers that a kept page is answered with again. Those of one request are not among them.
SAME_FOR_ALL = frozenset(
    {
        "content-type",
        "content-language",
        "content-security-policy",
        "content-security-policy-report-only",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
        "link",
        "permissions-policy",
        "referrer-policy",
        "reporting-endpoints",
        "strict-transport-security",
        "x-content-type-options",
        "x-frame-options",
        "x-robots-tag",
    }
)
#: What the answer at this address may differ by, for caches between here and the reader.
VARY = "Accept-Encoding, Cookie, HX-Request"
#: A browser asks again each time, and is told in a few bytes that nothing changed.
CACHE_CONTROL = "no-cache"
#: Fewer bytes are not worth packing.
LEAST_PACKED = 500


@dataclass(frozen=True, slots=True)
class KeptPage:
    """Plain and packed body, headers, and two moments (seconds, `time.time`).

    From `ages` on it is drawn anew, and may be shown meanwhile; from `ends` on it is wrong.
    """

    body: bytes
    packed: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    ages: float
    ends: float

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed) + 1000


def why_not_kept(request: Any, response: HttpResponseBase) -> str:
    """Why this answer is for one visitor only; empty for one that is for all."""
    if response.status_code != 200:
        return "status"
    if response.streaming or response.has_header("Content-Encoding"):
        return "form"
    if response.cookies:
        return "cookie"
    if request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        return "token"
    session = getattr(request, "session", None)
    if session is not None and session.modified:
        return "session"
    if getattr(request, "_basket_cache", None) is not None:
        return "basket"
    control = response.get("Cache-Control", "")
    if "private" in control or "no-store" in control:
        return "private"
    if "'nonce-" in response.get("Content-Security-Policy", ""):
        return "nonce"
    return ""


def keep_of(response: HttpResponse, ages: float, ends: float) -> KeptPage:
    body = response.content
    packed = gzip.compress(body, 6, mtime=0) if len(body) >= LEAST_PACKED else b""
    headers = tuple(
        (name, value) for name, value in response.items() if name.lower() in SAME_FOR_ALL
    )
    digest = hashlib.blake2b(body, digest_size=12)
    # Policies name their directives in no fixed order.
    digest.update(repr([(name, sorted(value.split("; "))) for name, value in headers]).encode())
    return KeptPage(body, packed, headers, f'W/"{digest.hexdigest()}"', ages, ends)


@dataclass(frozen=True, slots=True)
class Reader:
    """How an answer is wanted, read off a request before a page is drawn from it."""

    takes_packed: bool
    known: str
    #: Whether a proxy may give the same answer to others: to whom nothing is known of.
    is_nobody: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out: for the server as it is, or as a response of Django's."""

    status: HTTPStatus
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def response(self) -> HttpResponse:
        response = HttpResponse(self.body, status=self.status)
        if self.status == HTTPStatus.NOT_MODIFIED:
            del response.headers["Content-Type"]
        for name, value in self.headers:
            response.headers[name] = value
        return response


def answer(page: KeptPage, reader: Reader) -> Answer:
    """Packed where it may be, or only that nothing changed."""
    if reader.known and page.etag in parse_etags(reader.known):
        status, body, headers = HTTPStatus.NOT_MODIFIED, b"", []
    else:
        is_packed = reader.takes_packed and bool(page.packed)
        body = page.packed if is_packed else page.body
        status, headers = HTTPStatus.OK, [*page.headers, ("Content-Length", str(len(body)))]
        if is_packed:
            headers.append(("Content-Encoding", "gzip"))
    headers += [("ETag", page.etag), ("Vary", VARY), ("Cache-Control", CACHE_CONTROL)]
    if reader.is_nobody:
        headers.append(("X-Accel-Expires", str(settings.PAGE_CACHE_PROXY_SECONDS)))
    return Answer(status, headers, body)

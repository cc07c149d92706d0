"""What must not stand in a log, an error mail or at Sentry: people's data and secret links."""

import logging
import re
from typing import Any

from django.http import HttpRequest

HIDDEN = "***"
#: Query and form names whose values open something or name somebody.
SECRET_NAMES = (
    "k",
    "khoa",
    "key",
    "token",
    "code",
    "password",
    "secret",
    "signature",
    "sig",
    "csrfmiddlewaretoken",
    "email",
    "phone",
    "username",
    "name",
    "address",
    "q",
)
#: Names of the parts of our own addresses that are secrets (`<str:token>` in a urls.py).
SECRET_PARTS = frozenset({"token", "key", "uidb64"})
#: The words before such a part; a test walks the URLconf and fails for one that is missing.
_SECRET_PATHS = (
    r"(?:email/xac-nhan|bao-khi-co-hang/xac-nhan|bao-khi-co-hang/thoi|hoi-dap/xac-nhan|"
    r"dat-lai-mat-khau|thoi-nhan-thu|thoi-moi|loi-moi|mon-da-luu/xem|"
    r"password_reset/confirm|(?<!quan-ly/)bao-gia|hop-qua-tu-chon/[^/\s]+)"
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"({_SECRET_PATHS})/[^\s?#'\"]+"), rf"\1/{HIDDEN}"),
    (re.compile(rf"(?i)([?&](?:{'|'.join(SECRET_NAMES)}))=[^&\s'\"#]+"), rf"\1={HIDDEN}"),
    # What PostgreSQL tells of the row that it refused.
    (re.compile(r"(?s)(Failing row contains) \(.*\)"), rf"\1 ({HIDDEN})"),
    (re.compile(r"(Key \([^)\n]*\)=)\([^\n]*\)"), rf"\1({HIDDEN})"),
    (re.compile(r"\b(Bearer|Basic) [\w.~+/=:-]{6,}"), rf"\1 {HIDDEN}"),
    # user:password@ in the address of a server.
    (re.compile(r"(://)[^/\s:@]{0,100}:[^/\s@]{1,200}@"), rf"\1{HIDDEN}@"),
    (re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), HIDDEN),
    # Vietnamese numbers, written together or in groups.
    (re.compile(r"(?<![\w.])(?:\+84|84|0)(?:[ .-]?\d){9}(?![\w])"), HIDDEN),
)


def scrub(text: str) -> str:
    """`text` without emails, telephone numbers, secrets in addresses and refused rows."""
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text


def scrub_deep(value: Any) -> Any:
    """The same for every text inside dicts, lists and tuples."""
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, dict):
        return {key: scrub_deep(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(scrub_deep(each) for each in value)
    return value


def scrub_message(message: str, record: logging.LogRecord) -> str:
    """What a record says, scrubbed; Django's own name the path of their request."""
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        message = message.replace(request.path, scrubbed_path(request))
    return scrub(message)


def scrubbed_path(request: HttpRequest) -> str:
    """The path of a request without the secrets in it; never its query."""
    path = request.path
    match = request.resolver_match
    if match is None:
        return scrub(path)
    for name in SECRET_PARTS & match.kwargs.keys():
        path = path.replace(str(match.kwargs[name]), HIDDEN)
    return path

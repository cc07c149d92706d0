"""What of a request decides which page it gets. Whatever is not in the key is not in the page."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils import timezone

from catalogue.age import AGE_COOKIE, CONFIRMED
from shop.pagecache.pages import TRACKING
from shop.shipping.estimates import PROVINCE_COOKIE

#: Longer addresses are nobody's; they are drawn, and not kept.
LONGEST_PATH, LONGEST_QUERY = 300, 400
#: Headers that a page is drawn with. The others, cookies before all, are taken off.
KEPT_HEADERS = frozenset(
    {
        "HTTP_HOST",
        "HTTP_X_FORWARDED_FOR",
        "HTTP_X_FORWARDED_PROTO",
        "HTTP_X_REAL_IP",
        "HTTP_X_REQUEST_ID",
    }
)


@dataclass(frozen=True, slots=True)
class Visitor:
    """All that a kept page may know of who asks."""

    is_of_age: bool = False
    province: str = ""
    has_basket: bool = False

    @property
    def cookies(self) -> dict[str, str]:
        """As the page's views read them."""
        found = {AGE_COOKIE: CONFIRMED} if self.is_of_age else {}
        return {**found, PROVINCE_COOKIE: self.province} if self.province else found


@dataclass(frozen=True, slots=True)
class Asked:
    """The key of a page, but for the edition."""

    scheme: str
    host: str
    path: str
    query: str
    visitor: Visitor
    day: str


NOBODY = Visitor()


def asked_for(request: HttpRequest) -> Asked | None:
    """None of whoever has to be answered by themselves."""
    meta = request.META
    if (
        request.method not in ("GET", "HEAD")
        or "HTTP_HX_REQUEST" in meta
        or "HTTP_AUTHORIZATION" in meta
        or len(request.path) > LONGEST_PATH
    ):
        return None
    visitor = _visitor(request) if meta.get("HTTP_COOKIE") else NOBODY
    if visitor is None:
        return None
    query = meta.get("QUERY_STRING", "")
    if query:
        if len(query) > LONGEST_QUERY:
            return None
        query = tidy_query(query)
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    return Asked(request.scheme or "", host, request.path, query, visitor, _today())


def _visitor(request: HttpRequest) -> Visitor | None:
    """None with a session (signed in, something saved) and while a message waits to be shown."""
    cookies = request.COOKIES
    if settings.SESSION_COOKIE_NAME in cookies or cookies.get(CookieStorage.cookie_name):
        return None
    province = cookies.get(PROVINCE_COOKIE, "")
    return Visitor(
        cookies.get(AGE_COOKIE) == CONFIRMED,
        province if len(province) == 2 and province.isascii() and province.isdigit() else "",
        settings.OSCAR_BASKET_COOKIE_OPEN in cookies,  # type: ignore[misc]
    )


def tidy_query(query: str) -> str:
    """In one order, without the marks of networks."""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if pair[0] not in TRACKING]
    return urlencode(sorted(kept, key=lambda pair: pair[0]))


def names_of(query: str) -> set[str]:
    return {name for name, _value in parse_qsl(query, keep_blank_values=True)}


def take_off(request: Any, asked: Asked) -> None:
    """Leave of a request what is in its key, before anything has looked at the rest."""
    meta = request.META
    for name in [name for name in meta if name.startswith("HTTP_") and name not in KEPT_HEADERS]:
        del meta[name]
    meta["QUERY_STRING"] = asked.query
    request.COOKIES = asked.visitor.cookies
    # What a middleware above may have read of it already.
    for read in ("headers", "GET", "accepted_types", "accepted_types_by_precedence"):
        request.__dict__.pop(read, None)
    request.kept_for = asked.visitor


_day = ("", 0.0, 0.0)


def _today() -> str:
    """The shop's date: stars, seasons and days of delivery turn at midnight."""
    global _day
    now = time.time()
    day, begins, ends = _day
    if begins <= now < ends:
        return day
    local = timezone.localtime(datetime.fromtimestamp(now, tz=timezone.get_default_timezone()))
    begin = local.replace(hour=0, minute=0, second=0, microsecond=0)
    _day = (begin.date().isoformat(), begin.timestamp(), (begin + timedelta(days=1)).timestamp())
    return _day[0]

"""A request as hypothesis draws it: a page's own, with a few things wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from hypothesis import strategies as st

from catalogue.age import AGE_COOKIE
from shop.shipping.estimates import PROVINCE_COOKIE
from shop.wishlists.views import COOKIE as SAVED_COOKIE
from tests.fuzz.targets import Field, Target
from tests.fuzz.values import hostile, json_bodies, numbers, texts, uploads
from tests.neighbour import filled

#: Parameters that any page may read: `shop.context`, htmx, campaigns, returning.
EVERYWHERE = ("trang", "page", "next", "c", "k", "q", "kind", "p")
COOKIES = (
    *(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME),
    *(settings.DEVICE_COOKIE, settings.TWO_FACTOR_COOKIE, settings.OSCAR_BASKET_COOKIE_OPEN),
    *(AGE_COOKIE, PROVINCE_COOKIE, SAVED_COOKIE, CookieStorage.cookie_name),
)
HEADERS = (
    *("HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER", "HTTP_USER_AGENT", "HTTP_HX_CURRENT_URL"),
    *("HTTP_X_FORWARDED_FOR", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_NONE_MATCH", "HTTP_ACCEPT"),
    *("HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_ACCEPT_ENCODING", "HTTP_AUTHORIZATION", "HTTP_RANGE"),
    *("HTTP_STRIPE_SIGNATURE", "HTTP_X_REQUESTED_WITH", "HTTP_HX_REQUEST"),
)
METHODS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "POST", "GET")
#: Bytes that are no UTF-8, percent-encoded and plain.
BROKEN = ("a=%ff%fe", "a=\xff\xfe", "%00=%00", "=&=&&==", "a=%", "a=%ED%A0%80", "a[0][b]=1")

#: The first part of a multipart message, broken off.
PART = b"--x\r\nContent-Disposition: form-data"


@dataclass
class Request:
    target: Target
    method: str = "GET"
    path: str = "/"
    query: str = ""
    data: dict[str, Any] | str | bytes | None = None
    content_type: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        shown = f"{self.target.role}: {self.method} {self.path}?{self.query}"[:300]
        return f"{shown} {str(self.data)[:600]} {self.headers} {self.cookies}"


@st.composite
def requests_to(draw: Callable[..., Any], target: Target) -> Request:
    """Something like what the target expects, with one to three things that it does not."""
    request = Request(target, target.method, target.path.split("?")[0])
    query = target.path.partition("?")[2]
    if target.names and draw(st.integers(0, 3)) == 3:
        request.path = draw(_paths(target))
    request.query = "&".join(part for part in (query, draw(_queries(target))) if part)
    if target.fields:
        data = draw(_filled_in(target.fields))
        if target.method == "GET":
            request.query = urlencode({**data}, doseq=True)
        else:
            request.data = data
    elif draw(st.integers(0, 7)) == 7:
        request.method = draw(st.sampled_from(METHODS))
    if request.method == "POST" and request.data is None:
        request.data = draw(st.dictionaries(_names(target), hostile, max_size=4))
    if request.method not in ("GET", "HEAD") and draw(st.integers(0, 7)) == 7:
        request.content_type, request.data = draw(_other_bodies())
    if draw(st.integers(0, 3)) == 3:
        request.headers[draw(st.sampled_from(HEADERS))] = _as_sent(draw(texts))
    if draw(st.integers(0, 5)) == 5:
        request.cookies[draw(st.sampled_from(COOKIES))] = _as_sent(draw(texts))
    return request


def _as_sent(value: str) -> str:
    """As a server hands on a header: bytes as Latin-1, without what ends a line."""
    return re.sub(r"[\x00-\x1f\x7f]", "", value.encode()[:4000].decode("latin-1"))


def _names(target: Target) -> Any:
    return st.sampled_from([*target.parameters, *EVERYWHERE])


@st.composite
def _paths(draw: Callable[..., Any], target: Target) -> str:
    """The address with one part of it replaced."""
    part = draw(st.sampled_from(target.names))
    value = draw(st.one_of(texts, numbers))[:1500]
    mark = "zzqpart"
    known = {**target.known, target.form: {part: mark}}
    path = filled(target.form, target.names, known)
    return path.replace(mark, quote(value, safe=""))


@st.composite
def _queries(draw: Callable[..., Any], target: Target) -> str:
    if draw(st.integers(0, 12)) == 12:
        return str(draw(st.sampled_from(BROKEN)))
    pairs = draw(st.lists(st.tuples(_names(target), hostile), max_size=3))
    return urlencode([(name, value) for name, value in pairs if len(value) < 9000])


@st.composite
def _filled_in(draw: Callable[..., Any], fields: tuple[Field, ...]) -> dict[str, Any]:
    """The form as a person sends it, changed in one to three fields, and with one of our own."""
    data: dict[str, Any] = {}
    for each in fields:
        if each.kind == "file":
            data[each.name] = draw(uploads)
        elif each.kind in ("checkbox", "radio", "submit", "button"):
            if draw(st.booleans()):
                data[each.name] = each.value or "on"
        elif each.choices:
            data[each.name] = draw(st.sampled_from(each.choices))
        else:
            data[each.name] = each.value or draw(hostile)
    for each in draw(st.lists(st.sampled_from(fields), max_size=3)):
        if each.kind != "file":
            data[each.name] = draw(st.one_of(hostile, st.lists(hostile, max_size=3)))
    if data and draw(st.integers(0, 4)) == 4:
        del data[draw(st.sampled_from(sorted(data)))]
    return data


@st.composite
def _other_bodies(draw: Callable[..., Any]) -> tuple[str, str | bytes]:
    """JSON where a form is expected, bytes that are no text, multipart that breaks off."""
    multipart = "multipart/form-data; boundary=x"
    return draw(
        st.one_of(
            st.tuples(st.just("application/json"), json_bodies),
            st.tuples(
                st.sampled_from(("application/x-www-form-urlencoded", multipart, "text/xml", "x")),
                st.binary(max_size=200),
            ),
            st.just((multipart, b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff')),
            st.just(
                (multipart, b"--x\r\nContent-Disposition: form-data; name*=utf-8''%00\r\n\r\n")
            ),
            st.just((multipart.split(";")[0], b"--x")),
            st.just(("application/x-www-form-urlencoded; charset=none", b"a=b")),
            st.just(("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 1200))),
        )
    )

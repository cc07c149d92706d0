"""Nothing of a person and no secret link reaches a log."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from shop.observability.scrubbing import HIDDEN, SECRET_PARTS, scrub, scrub_deep, scrubbed_path

SECRET = "Zq8xT1kM5vB2nC7w"


@pytest.mark.parametrize(
    "text",
    [
        "no such user: lan.nguyen+cho@gmail.com",
        "gọi 0912345678 không được",
        "phone=+84 912 345 678",
        "0912.345.678",
        "POST /webhooks/van-chuyen/ghn/?khoa=Zq8xT1kM5vB2nC7w",
        "POST /don-hang/PC1001/?k=Zq8xT1kM5vB2nC7w&x=1",
        "https://shop.example/en/tim-kiem/?q=Zq8xT1kM5vB2nC7w",
        'Referer: "/dat-lai-mat-khau/MQ/Zq8xT1kM5vB2nC7w/"',
        "postgresql://shop:Zq8xT1kM5vB2nC7w@db:5432/shop is away",
        "Authorization: Bearer Zq8xT1kM5vB2nC7w",
        "DETAIL:  Key (guest_email)=(Zq8xT1kM5vB2nC7w) already exists.",
        "DETAIL:  Failing row contains (7, Nguyễn Thị Lan,\n Zq8xT1kM5vB2nC7w, 5).",
    ],
)
def test_people_and_secrets_are_taken_out(text: str) -> None:
    clean = scrub(text)
    assert HIDDEN in clean
    for trace in (SECRET, "lan.nguyen", "912345678", "345 678", "345.678", "Lan"):
        assert trace not in clean


@pytest.mark.parametrize(
    "text",
    [
        "order PC1000123 waits in the queue: under",
        "GET /san-pham/mat-ong-rung-hoa-nhan-500ml_12/?page=2&sort=price",
        "2026-11-27T14:01:02 job send_waiting failed after 0.250 seconds",
        "money sepay FT26331000912: 1250000",
    ],
)
def test_what_an_operator_needs_stays(text: str) -> None:
    assert scrub(text) == text


def test_text_is_found_however_deep() -> None:
    event = {"extra": [{"to": "lan@gmail.com"}, ("0912345678", 5)]}
    assert scrub_deep(event) == {"extra": [{"to": HIDDEN}, (HIDDEN, 5)]}


def secret_routes() -> Iterator[tuple[str, str]]:
    """Every address of ours with a secret part: a path with SECRET in it, and its pattern."""

    def walk(resolver: URLResolver, before: str) -> Iterator[tuple[str, str]]:
        for entry in resolver.url_patterns:
            route = before + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry, route)
            elif isinstance(entry, URLPattern):
                parts = getattr(entry.pattern, "converters", {})
                # The key of a share card names its version and opens nothing.
                if SECRET_PARTS & parts.keys() and entry.name != "share-card":
                    path = route
                    for name in parts:
                        for kind in ("", "str:", "slug:", "int:", "uuid:"):
                            value = SECRET if name in SECRET_PARTS else "1"
                            path = path.replace(f"<{kind}{name}>", value)
                    yield f"/{path}", route

    return walk(get_resolver(), "")


def test_every_secret_address_of_the_shop_is_hidden() -> None:
    routes = list(secret_routes())
    assert len(routes) >= 8
    assert [route for path, route in routes if SECRET in scrub(f"at {path}?a=1")] == []


def test_every_secret_address_is_hidden_in_the_log_of_nginx_as_well() -> None:
    conf = (settings.BASE_DIR / "deploy/nginx/phien-cho.conf").read_text()
    assert "access_log /var/log/nginx/phien-cho.log phien_cho " in conf
    assert not re.search(
        r"\$(request|request_uri|uri|args|http_referer)\b",
        conf[conf.index("log_format") : conf.index("server {")],
    )
    hides, path = (
        re.compile(rule.replace("(?<phien", "(?P<phien"))
        for rule in re.findall(r'^    "~(\^.*?)" "?\$phien_cho_', conf, re.M)
    )
    for address, _route in secret_routes():
        shown = hides.match(f"/en{address}?a=1")
        assert shown and SECRET not in shown[1], address
    assert not hides.match("/quan-ly/bao-gia/12/")
    assert path.match("/don-hang/PC1001/?k=bi-mat")[1] == "/don-hang/PC1001/"  # type: ignore[index]


def test_path_in_the_access_log_shows_no_secret(rf: RequestFactory) -> None:
    for path, _route in secret_routes():
        request: Any = rf.get(path)
        request.resolver_match = resolve(path)
        assert SECRET not in scrubbed_path(request)

"""Kept pages go out before Django begins, as the server would ask for them."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest
from django.conf import LazySettings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse
from prometheus_client import REGISTRY
from pytest_django import DjangoAssertNumQueries

import shop.wsgi
from shop.pagecache.counting import figures
from shop.pagecache.early import EarlyPages
from shop.pagecache.keeping import memory
from shop.partner.models import StockRecord
from tests.factories import a_buyer, a_product, signed_in
from tests.shop.pagecache.conftest import Written

pytestmark = pytest.mark.django_db


@dataclass
class Answer:
    status: str
    headers: dict[str, str]
    body: bytes


class Server:
    """What gunicorn is to the shop, under the eyes of the standard library's WSGI checker."""

    def __init__(self) -> None:
        self.reached_django = 0
        django: WSGIApplication = WSGIHandler()

        def counted(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            self.reached_django += 1
            return django(environ, start_response)

        self.application = validator(EarlyPages(counted))

    def ask(self, path: str, query: str = "", method: str = "GET", **headers: str) -> Answer:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "testserver",
            "REMOTE_ADDR": "127.0.0.1",
            **headers,
        }
        setup_testing_defaults(environ)
        said: list[Any] = []

        def start_response(status: str, headers: Any, error: Any = None) -> Any:
            said.extend((status, dict(headers)))

        answered: Any = self.application(environ, start_response)
        body = b"".join(answered)
        answered.close()
        return Answer(said[0], said[1], body)


@pytest.fixture(autouse=True)
def _connections_of_the_test_stay_open() -> Iterator[None]:
    """As Django's own test client has it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def server() -> Server:
    return Server()


def test_servers_are_given_the_shop_with_it() -> None:
    assert isinstance(shop.wsgi.application, EarlyPages)


def test_the_second_visitor_does_not_reach_django(
    server: Server, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = a_product("Mật ong", stock=9).get_absolute_url()
    drawn = server.ask(url)
    before = figures()["hits"]
    with django_assert_num_queries(0):
        early = server.ask(url)
    assert server.reached_django == 1 and figures()["hits"] == before + 1
    assert early.status == drawn.status == "200 OK" and early.body == drawn.body


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"HTTP_ACCEPT_ENCODING": "br, gzip"},
        {"HTTP_COOKIE": "delivery-province=24"},
    ],
    ids=["plain", "packed", "somebody"],
)
def test_it_is_word_for_word_what_the_middleware_answers(
    server: Server, asked: dict[str, str]
) -> None:
    url = a_product("Mật ong", stock=9).get_absolute_url()
    server.ask(url, **asked)
    early = server.ask(url, **asked)
    assert server.reached_django == 1
    inside = Client().get(url, **asked)  # type: ignore[arg-type]
    own = {"X-Request-ID"}
    assert early.body == inside.content
    assert {k: v for k, v in early.headers.items() if k not in own} == {
        k: v for k, v in inside.headers.items() if k not in own
    }


def test_a_browser_that_has_it_is_told_so(server: Server) -> None:
    url = a_product("Mật ong", stock=9).get_absolute_url()
    server.ask(url)
    etag = server.ask(url).headers["ETag"]
    early = server.ask(url, HTTP_IF_NONE_MATCH=etag)
    assert server.reached_django == 1
    assert early.status == "304 Not Modified" and early.body == b""
    assert "Content-Type" not in early.headers and early.headers["ETag"] == etag


def test_what_is_written_is_seen_by_the_next_visitor(server: Server, written: Written) -> None:
    product = a_product("Mật ong", stock=9, price=120_000)
    url = product.get_absolute_url()
    for _ in range(2):
        assert "120.000" in server.ask(url).body.decode()
    with written():
        StockRecord.objects.filter(product=product).update(price=95_000)
    assert "95.000" in server.ask(url).body.decode()
    assert server.reached_django == 2


def test_who_has_to_be_answered_by_themselves_reaches_django(server: Server) -> None:
    product = a_product("Mật ong", stock=0)  # asks for an address to write to
    url = product.get_absolute_url()
    server.ask(url)
    buyer = signed_in(a_buyer("mai@example.com"))
    hers = "; ".join(f"{name}={morsel.value}" for name, morsel in buyer.cookies.items())
    others: list[dict[str, str]] = [
        {"method": "POST", "CONTENT_LENGTH": "0"},
        {"HTTP_COOKIE": hers},
        {"HTTP_HX_REQUEST": "true"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"HTTP_HOST": "elsewhere.example"},
        {"query": "v=1"},
    ]
    for place, other in enumerate(others, start=2):
        answered = server.ask(url, **other)
        assert server.reached_django == place, other
        assert ("mai@example.com" in answered.body.decode()) == (hers in other.values())
    assert server.ask(url, HTTP_HOST="elsewhere.example").status.startswith("400")


def test_pages_that_are_not_kept_and_a_shop_that_keeps_none_reach_django(
    server: Server, settings: LazySettings
) -> None:
    for _ in range(2):
        assert server.ask(reverse("basket:summary")).status == "200 OK"
    assert server.reached_django == 2
    url = a_product("Mật ong", stock=9).get_absolute_url()
    server.ask(url)
    settings.PAGE_CACHE_SECONDS = 0
    server.ask(url)
    assert server.reached_django == 4


def test_an_aged_page_is_left_to_the_middleware(server: Server) -> None:
    url = a_product("Mật ong", stock=9).get_absolute_url()
    server.ask(url)
    for page in memory._pages.values():
        object.__setattr__(page, "ages", 0.0)
    server.ask(url)
    assert server.reached_django == 2


def test_the_operator_sees_it_like_any_other_request(
    settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ACCESS_LOG, settings.METRICS_TOKEN, settings.TRUSTED_PROXIES = True, "x" * 40, 1
    server = Server()
    url = a_product("Mật ong", stock=9).get_absolute_url()
    server.ask(url)

    def answers() -> float:
        labels = {"view": "", "method": "GET", "status": "200"}
        return REGISTRY.get_sample_value("shop_http_requests_total", labels) or 0

    before = answers()
    with caplog.at_level(logging.INFO, "shop.access"):
        early = server.ask(url, HTTP_X_REQUEST_ID="nginx-7f3a9c0011")
    assert early.headers["X-Request-ID"] == "nginx-7f3a9c0011"
    assert answers() == before + 1
    line = [record for record in caplog.records if record.name == "shop.access"][-1]
    said = {name: line.__dict__[name] for name in ("path", "status", "queries")}
    assert said == {"path": url, "status": 200, "queries": 0}

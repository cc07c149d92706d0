"""OpenSearch by a setting: what is asked of it, and what happens when it does not answer."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from catalogue.lookup import backends
from catalogue.lookup.backends.base import BackendDown
from catalogue.lookup.backends.opensearch import OpenSearchBackend
from catalogue.lookup.indexing import rebuild, refresh
from catalogue.lookup.models import Entry
from catalogue.lookup.search import search
from catalogue.lookup.suggesting import suggest
from catalogue.lookup.wanted import Scope
from tests.factories import a_home, a_product, a_spirit

pytestmark = pytest.mark.django_db


class FakeServer(HTTPServer):
    """Keeps documents and requests; answers a search with every document it holds."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[tuple[str, str, Any, dict[str, str]]] = []
        self.documents: dict[str, Any] = {}
        self.refuses = False

    def of(self, method: str, path: str) -> list[Any]:
        return [body for m, p, body, _headers in self.asked if (m, p) == (method, path)]


class Answering(BaseHTTPRequestHandler):
    server: FakeServer

    def _take(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        text = self.rfile.read(length).decode()
        is_lines = self.headers["Content-Type"] == "application/x-ndjson"
        body = [json.loads(line) for line in text.splitlines()] if is_lines else None
        if not is_lines and text:
            body = json.loads(text)
        self.server.asked.append((self.command, self.path, body, dict(self.headers)))
        status, answer = self._answer(body)
        said = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_GET = do_POST = do_PUT = do_DELETE = _take

    def _answer(self, body: Any) -> tuple[int, dict[str, Any]]:
        documents = self.server.documents
        if self.server.refuses:
            return 503, {"error": "busy"}
        if self.command == "DELETE":
            documents.clear()
            return 404, {"error": "index_not_found_exception"}
        if self.path.endswith("/_bulk?refresh=true"):
            lines = iter(body)
            for line in lines:
                if "index" in line:
                    documents[line["index"]["_id"]] = next(lines)
                else:
                    documents.pop(line["delete"]["_id"], None)
            return 200, {"errors": False, "items": []}
        if self.path.endswith("/_search"):
            wanted = body["_source"]
            hits = [
                {"_source": {k: v for k, v in each.items() if k in wanted}}
                for each in documents.values()
                if each["kind"] == body.get("post_filter", {}).get("term", each)["kind"]
            ]
            buckets = [{"key": "product", "doc_count": len(hits)}]
            return 200, {
                "hits": {"hits": hits}, "aggregations": {"kinds": {"buckets": buckets}}
            }  # fmt: skip
        return 200, {"acknowledged": True}

    def log_message(self, *args: Any) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def server(settings: LazySettings) -> Iterator[FakeServer]:
    fake = FakeServer()
    threading.Thread(target=fake.serve_forever, args=(0.01,), daemon=True).start()
    settings.SEARCH_BACKEND = "opensearch"
    settings.OPENSEARCH_URL = f"http://127.0.0.1:{fake.server_port}/"
    settings.OPENSEARCH_INDEX = "cho-thu"
    settings.OPENSEARCH_AUTH = "cho:mat-khau"
    backends._made.cache_clear()
    yield fake
    fake.shutdown()
    fake.server_close()
    backends._made.cache_clear()


def test_a_rebuild_makes_the_index_anew_and_writes_every_entry(server: FakeServer) -> None:
    product = a_product("Khoai lang Yên Sơn")
    rebuild()
    (mappings,) = server.of("PUT", "/cho-thu")
    fields = mappings["mappings"]["properties"]
    assert fields["title"] == {"type": "text", "analyzer": "whitespace"}
    assert fields["kind"] == {"type": "keyword"}
    written = server.documents[f"product-{product.pk}-"]
    assert written["title"] == "khoai lang yen son"
    assert "bac lung" in written["places"]
    assert written["is_alcohol"] is False
    assert set(written) == set(fields)
    _method, _path, _body, headers = server.asked[-1]
    assert headers["Authorization"] == "Basic Y2hvOm1hdC1raGF1"


def test_a_search_asks_for_every_word_within_what_the_visitor_may_see(server: FakeServer) -> None:
    a_product("Khoai lang Yên Sơn")
    rebuild()
    found = search("khoai LANG", Scope("en"), "product")
    assert [hit.name for hit in found.hits] == ["Khoai lang Yên Sơn"]
    (body,) = server.of("POST", "/cho-thu/_search")
    query = body["query"]["bool"]
    assert query["filter"] == [{"terms": {"language": ["", "en"]}}]
    assert query["must_not"] == [{"term": {"is_alcohol": True}}]
    whole, beginning = query["must"]
    assert {"term": {"title": {"value": "khoai", "boost": 18}}} in whole["dis_max"]["queries"]
    assert not any("prefix" in each for each in whole["dis_max"]["queries"])
    assert {"prefix": {"text": {"value": "lang", "boost": 1}}} in beginning["dis_max"]["queries"]
    assert body["aggs"] == {"kinds": {"terms": {"field": "kind", "size": 20}}}
    assert body["post_filter"] == {"term": {"kind": "product"}}
    assert "text" not in body["_source"]


def test_grown_ups_are_not_filtered(server: FakeServer) -> None:
    a_spirit()
    rebuild()
    suggest("ruou", Scope("vi", shows_alcohol=True))
    (body,) = server.of("POST", "/cho-thu/_search")
    assert body["query"]["bool"]["must_not"] == []
    assert "aggs" not in body


def test_what_leaves_the_shop_leaves_the_index(server: FakeServer) -> None:
    product = a_product("Khoai lang Yên Sơn")
    rebuild()
    product.live = False
    product.save()
    refresh("product", [product.pk])
    assert f"product-{product.pk}-" not in server.documents
    assert not Entry.objects.filter(source="product").exists()


def test_the_database_answers_for_a_server_that_is_down(
    server: FakeServer, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    a_home()
    a_product("Khoai lang Yên Sơn")
    rebuild()
    server.refuses = True
    page = client.get("/tim-kiem/", {"q": "khoai"}).content.decode()
    assert "<mark>Khoai</mark> lang" in page
    assert "search backend is down" in caplog.text
    assert "lang" in client.get("/tim-kiem/goi-y/", {"q": "khoai"}).content.decode()


def test_a_server_that_refuses_an_entry_says_so(server: FakeServer) -> None:
    a_product("Khoai lang Yên Sơn")
    server.refuses = True
    with pytest.raises(BackendDown, match="503"):
        rebuild()


def test_only_web_addresses_are_asked(settings: LazySettings) -> None:
    settings.OPENSEARCH_URL = "file:///etc/passwd"
    with pytest.raises(ImproperlyConfigured):
        OpenSearchBackend()

"""A Sentry of one test: takes envelopes over a real socket and keeps their events."""

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import brotli

#: By `Content-Encoding`: the client takes the best that is installed.
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
}


def events_in(body: bytes) -> list[dict[str, Any]]:
    """The events and transactions of one envelope: a header, then header and payload in turns."""
    lines = [line for line in body.split(b"\n") if line]
    return [
        json.loads(payload)
        for header, payload in zip(lines[1::2], lines[2::2], strict=True)
        if json.loads(header)["type"] in ("event", "transaction")
    ]


@contextmanager
def sentry() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Its DSN, and the events that reach it."""
    events: list[dict[str, Any]] = []

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            events.extend(events_in(UNPACK[self.headers.get("Content-Encoding", "")](body)))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://khoa@127.0.0.1:{server.server_port}/7", events
    finally:
        server.shutdown()
        server.server_close()

"""What load balancers are told, and what others are not."""

import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from shop.health import asking, draining
from shop.health.checks import NotReady


def full() -> None:
    raise NotReady("disk full")


@pytest.fixture
def ask(monkeypatch: Any, settings: Any, tmp_path: Path) -> Callable[..., None]:
    """Arranges the checks of this test, by name; the shop's own need a database and a worker."""
    settings.VAR_DIR = tmp_path

    def arrange(**named: Any) -> None:
        askers = {name: asking.Asker(name, check, 1.0) for name, check in named.items()}
        monkeypatch.setattr(asking, "_askers", askers)

    monkeypatch.setattr(asking.connections, "close_all", lambda: None)
    return arrange


def test_alive_without_host_session_or_https(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["phiencho.example"]
    answer = client.get("/healthz/", HTTP_HOST="10.0.0.7:8000")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_ready_when_every_check_is(client: Client, ask: Any) -> None:
    ask(disk=lambda: None, cache=lambda: None)
    answer = client.get("/readyz/", HTTP_HOST="10.0.0.7:8000")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ready"
    assert "no-store" in answer["Cache-Control"]


def test_one_that_fails_makes_it_503(client: Client, ask: Any) -> None:
    ask(disk=full, cache=lambda: None)
    answer = client.get("/readyz/")
    assert answer.status_code == 503
    checks = answer.json()["checks"]
    assert checks["disk"] | {"ms": 0} == {"ready": False, "why": "disk full", "ms": 0}
    assert checks["cache"]["ready"]


def test_load_balancer_may_leave_the_worker_out(client: Client, ask: Any) -> None:
    ask(worker=full, cache=lambda: None)
    assert client.get("/readyz/").status_code == 503
    assert client.get("/readyz/?exclude=worker").status_code == 200


def test_unexpected_error_tells_its_kind_and_no_more(client: Client, ask: Any) -> None:
    def broken() -> None:
        raise OSError("postgres://shop:secret@db")

    ask(database=broken)
    answer = client.get("/readyz/")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"]["why"] == "OSError"


def test_check_that_hangs_is_not_waited_for_nor_started_twice(
    client: Client, ask: Any, settings: Any
) -> None:
    settings.READY_SECONDS = 0.05
    started, go_on = threading.Semaphore(0), threading.Event()

    def hang() -> None:
        started.release()
        go_on.wait(10)

    ask(database=hang, cache=lambda: None)
    for _ in range(3):
        answer = client.get("/readyz/")
        assert answer.status_code == 503
        assert "0.05 seconds" in answer.json()["checks"]["database"]["why"]
    go_on.set()
    assert started.acquire(timeout=5)
    assert not started.acquire(blocking=False)


def test_many_who_ask_at_once_cost_one_check(client: Client, ask: Any) -> None:
    asked = []
    ask(database=lambda: asked.append(1))
    for _ in range(20):
        assert client.get("/readyz/").status_code == 200
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("headers", "sees"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, True),
        ({"REMOTE_ADDR": "::1"}, True),
        ({"REMOTE_ADDR": "203.0.113.7"}, False),
        # nginx on this machine, on behalf of anybody
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}, False),
        ({"REMOTE_ADDR": ""}, False),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer số-đo"}, False),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer so-do"}, True),
    ],
)
def test_details_are_for_this_machine_and_who_bears_the_token(
    client: Client, ask: Any, settings: Any, headers: dict[str, str], sees: bool
) -> None:
    settings.METRICS_TOKEN = "so-do"
    ask(disk=full)
    answer = client.get("/readyz/", **headers)  # type: ignore[arg-type]
    assert answer.status_code == 503
    assert ("checks" in answer.json()) is sees


def test_shop_that_goes_away_takes_no_new_visitors(client: Client, ask: Any) -> None:
    ask(disk=lambda: None)
    draining.flag().touch()
    answer = client.get("/readyz/")
    assert (answer.status_code, answer.json()) == (503, {"status": "draining"})
    assert client.get("/healthz/").status_code == 200
    draining.flag().unlink()
    assert client.get("/readyz/").status_code == 200


def test_worker_that_gunicorn_stops_says_so(client: Client, ask: Any, monkeypatch: Any) -> None:
    ask(disk=lambda: None)
    server = SimpleNamespace(alive=True)
    monkeypatch.setattr(draining, "_worker", server)
    assert client.get("/readyz/").status_code == 200
    server.alive = False
    assert client.get("/readyz/").status_code == 503


def test_probes_are_only_read(client: Client) -> None:
    for path in ("/healthz/", "/readyz/", "/metrics/"):
        assert client.post(path).status_code == 405

"""The worker: every job each round, one that fails stops no other, one process at a time."""

import threading
from pathlib import Path
from typing import Any

import pytest

from shop import worker
from shop.order.models import Order
from shop.worker import EmbeddedWorker, run_jobs, run_until, start_embedded
from tests.shop.payment.paying import CASH, PREPAID, a_prepaid_order, late

HERE = "tests.shop.test_worker."
calls: list[str] = []


def broken() -> int:
    raise RuntimeError("database away")


def counted() -> int:
    calls.append("counted")
    return 3


@pytest.fixture(autouse=True)
def _no_calls() -> None:
    calls.clear()


@pytest.mark.django_db
def test_round_releases_what_is_overdue(settings: Any) -> None:
    settings.PAYMENT_METHODS = [CASH, PREPAID]
    late(a_prepaid_order())
    assert run_jobs()["release_overdue"] == 1
    assert Order.objects.get().status == "cancelled"


@pytest.mark.django_db
def test_job_that_fails_stops_no_other(settings: Any) -> None:
    settings.WORKER_JOBS = [HERE + "broken", HERE + "counted"]
    done = run_jobs()
    assert (done["broken"], done["counted"]) == (0, 3)


def test_rounds_go_on_until_the_worker_is_told_to_stop(monkeypatch: Any) -> None:
    stop = threading.Event()

    def three_rounds() -> dict[str, int]:
        calls.append("round")
        if len(calls) == 3:
            stop.set()
        return {}

    monkeypatch.setattr(worker, "run_jobs", three_rounds)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    run_until(stop, 0.001)
    assert calls == ["round"] * 3


def test_only_one_process_of_the_server_does_the_work(
    settings: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    settings.VAR_DIR = tmp_path
    settings.WORKER_SECONDS = 0.01
    at_work = threading.Semaphore(0)

    def work(stop: threading.Event, _seconds: float) -> None:
        at_work.release()
        stop.wait()

    monkeypatch.setattr(worker, "run_until", work)
    first, second = EmbeddedWorker(), EmbeddedWorker()
    first.start()
    assert at_work.acquire(timeout=5)
    second.start()
    assert not at_work.acquire(timeout=0.2)
    # The first process is replaced: its lock goes with it.
    first.stop.set()
    assert first.lock is not None
    first.lock.close()
    assert at_work.acquire(timeout=5)
    second.stop.set()


def test_production_runs_no_worker_in_its_server(settings: Any) -> None:
    settings.WORKER_IN_SERVER = False
    assert start_embedded() is None

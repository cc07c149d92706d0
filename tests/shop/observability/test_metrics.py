"""What Prometheus reads: who may, which numbers, with labels that cannot grow without end."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as shop_settings
from django.contrib.auth.signals import user_login_failed
from django.db import DatabaseError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from shop.communication.letters import MOST_ATTEMPTS, Letter
from shop.health.beats import beat
from shop.observability import business, processes
from shop.worker import run_jobs
from tests.factories import a_buyer, a_product, an_order

TOKEN = "so-do-thu-nghiem"
Key = tuple[str, tuple[tuple[str, str], ...]]


@pytest.fixture
def measured(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Client:
    settings.METRICS_TOKEN = TOKEN
    # A test that looked at `shop.serving` made it, and this process does not write there.
    monkeypatch.delenv(processes.DIRECTORY, raising=False)
    return Client(raise_request_exception=False)


def scrape(client: Client) -> dict[Key, float]:
    answer = client.get("/metrics/", HTTP_AUTHORIZATION=f"Bearer {TOKEN}")
    assert answer.status_code == 200
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def key(name: str, **labels: str) -> Key:
    return name, tuple(sorted(labels.items()))


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer sai", f"Basic {TOKEN}", TOKEN])
def test_whoever_has_no_token_finds_nothing(measured: Client, given: str) -> None:
    assert measured.get("/metrics/", HTTP_AUTHORIZATION=given).status_code == 404


def test_without_a_token_set_there_are_no_metrics(client: Client) -> None:
    assert client.get("/metrics/", HTTP_AUTHORIZATION="Bearer ").status_code == 404


@pytest.mark.django_db
def test_requests_are_counted_by_view_and_never_by_path(measured: Client) -> None:
    before = scrape(measured)
    for path in ("/khong-co-1/", "/khong-co-2/", "/dia-gioi/khong-co/"):
        measured.get(path)
    measured.get("/san-pham/")
    after = scrape(measured)
    listing = key("shop_http_requests_total", view="catalogue:index", method="GET", status="200")
    assert after[listing] - before.get(listing, 0) == 1
    seconds = key("shop_http_request_duration_seconds_count", view="catalogue:index")
    assert after[seconds] - before.get(seconds, 0) == 1
    queries = key("shop_db_queries_total", view="catalogue:index")
    assert after[queries] > before.get(queries, 0)
    assert not any("khong-co" in str(name) for name in after)


@pytest.mark.django_db
def test_webhooks_are_counted_by_who_speaks(measured: Client, settings: Any) -> None:
    settings.SEPAY_WEBHOOK_SECRET = "bi-mat"
    measured.post("/webhooks/sepay/", b"{}", content_type="application/json")
    measured.post("/webhooks/bia-ra/", b"{}", content_type="application/json")
    after = scrape(measured)
    assert after[key("shop_webhooks_total", provider="sepay", status="401")] >= 1
    assert not any("bia-ra" in str(name) for name in after)


@pytest.mark.django_db
def test_sign_ins_are_counted_by_what_came_of_them(measured: Client) -> None:
    before = scrape(measured)
    user_login_failed.send("test", credentials={"username": "lan"}, request=None)
    measured.force_login(a_buyer())
    after = scrape(measured)
    for outcome in ("ok", "failed"):
        name = key("shop_sign_ins_total", outcome=outcome)
        assert after[name] - before.get(name, 0) == 1


@pytest.mark.django_db
def test_shop_in_numbers(measured: Client) -> None:
    an_order(a_product())
    Letter.objects.create(
        event_code="X", to="a@b.example", subject="", text="", attempts=MOST_ATTEMPTS
    )
    run_jobs()
    beat("failed:send_waiting", times=2)
    found = scrape(measured)
    assert found[key("shop_database_up")] == 1
    assert found[key("shop_orders_last_day", step="placed")] == 1
    assert found[key("shop_orders_last_day", step="cancelled")] == 0
    assert found[key("shop_letters", state="failed")] == 1
    assert found[key("shop_worker_rounds_total")] == 1
    assert found[key("shop_worker_age_seconds")] < 60
    assert found[key("shop_worker_job_failures_total", job="send_waiting")] == 2
    assert found[key("shop_refunds", state="asked")] == 0
    assert found[key("shop_tasks_waiting")] == 0


@pytest.mark.django_db
def test_age_of_the_newest_backup(measured: Client, settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_DIR = tmp_path
    assert key("shop_backup_age_seconds") not in scrape(measured)
    (tmp_path / "phien-cho-20261101T000000Z.tar").touch()
    assert scrape(measured)[key("shop_backup_age_seconds")] > 0


@pytest.mark.django_db
def test_scrape_costs_few_queries(measured: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(14):
        scrape(measured)


@pytest.mark.django_db
def test_database_that_is_away_is_a_number_too(measured: Client, monkeypatch: Any) -> None:
    def away() -> Any:
        raise DatabaseError

    monkeypatch.setattr(business, "_orders", away)
    found = scrape(measured)
    assert found[key("shop_database_up")] == 0
    assert key("shop_money_queue") not in found


def test_worker_that_is_replaced_leaves_its_place_to_the_next() -> None:
    first, second, third = SimpleNamespace(), SimpleNamespace(), SimpleNamespace()
    processes.take_place(first, [])
    processes.take_place(second, [first])
    assert (first.place, second.place) == (0, 1)
    processes.take_place(third, [second])
    assert third.place == 0


def test_processes_of_one_server_add_up(tmp_path: Path) -> None:
    """Two workers and a successor of the first count; a scrape of any says the sum."""
    script = (
        "import sys, types; from shop.observability import processes;"
        "processes.become(types.SimpleNamespace(place=int(sys.argv[1])));"
        "from shop.observability.metrics import SIGN_INS; SIGN_INS.labels('ok').inc()"
    )
    environment = {**os.environ, processes.DIRECTORY: str(tmp_path)}
    for place in "010":
        subprocess.run(
            [sys.executable, "-c", script, place],
            cwd=shop_settings.BASE_DIR,
            env=environment,
            check=True,
        )
    assert sorted(path.name for path in tmp_path.iterdir() if "_0" in path.name) == ["counter_0.db"]
    scraped = subprocess.run(
        [
            sys.executable,
            "-c",
            "from prometheus_client import CollectorRegistry, generate_latest;"
            "from prometheus_client.multiprocess import MultiProcessCollector as All;"
            "found = CollectorRegistry(); All(found); print(generate_latest(found).decode())",
        ],
        cwd=shop_settings.BASE_DIR,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert 'shop_sign_ins_total{outcome="ok"} 3.0' in scraped.stdout

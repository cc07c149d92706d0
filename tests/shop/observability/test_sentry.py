"""Sentry by a setting: the real client, in a process of its own, against a server on a socket."""

import json
import os
import subprocess
import sys
from typing import Any

from django.conf import settings

from tests.shop.observability.sentry_server import sentry

SCRIPT = """
import sys
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
from django.conf import settings
from django.test import RequestFactory
settings.ROOT_URLCONF = "tests.shop.observability.failing"
buyer = {"name": "Nguyễn Thị Lan"}
request = RequestFactory().post("/hong/?k=khoa-bi-mat", buyer, HTTP_COOKIE="sessionid=phien")
headers = {}
answer = application(request.environ, lambda status, sent: headers.update(sent))
print(headers["X-Request-ID"])
answer.close()
from shop import worker
worker.JOBS = ("tests.shop.test_worker.broken",)
settings.WORKER_JOBS = []
worker.beat = lambda *args, **facts: None
worker.run_jobs()
if "sentry_sdk" in sys.modules:
    sys.modules["sentry_sdk"].flush(5)
print("sentry_sdk" in sys.modules)
"""


def a_shop_that_fails(**environment: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout.split()


def test_error_reaches_sentry_with_its_id_and_without_the_buyer() -> None:
    with sentry() as (dsn, events):
        request_id, _loaded = a_shop_that_fails(
            SENTRY_DSN=dsn, SENTRY_ENVIRONMENT="thu", SENTRY_RELEASE="phien-cho@thu"
        )
    of_request, of_job = sorted(events, key=lambda event: "job" in event["tags"])
    assert of_request["tags"]["request_id"] == request_id
    assert of_request["environment"] == "thu"
    assert of_request["release"] == "phien-cho@thu"
    (error,) = of_request["exception"]["values"]
    assert (error["type"], error["value"]) == ("RuntimeError", "cannot write to ***, ***")
    assert of_request["request"]["method"] == "POST"
    assert of_job["tags"]["job"] == "broken" and of_job["tags"]["job_id"]
    everything = json.dumps(events, ensure_ascii=False)
    for secret in ("Lan", "lan@gmail.com", "0912345678", "khoa-bi-mat", "sessionid", "REMOTE"):
        assert secret not in everything
    assert not any("vars" in frame for frame in _frames(events))


def test_release_is_said_without_being_told() -> None:
    with sentry() as (dsn, events):
        a_shop_that_fails(SENTRY_DSN=dsn)
    assert all(event["release"] for event in events)


def test_traces_come_by_their_rate() -> None:
    with sentry() as (dsn, events):
        a_shop_that_fails(SENTRY_DSN=dsn, SENTRY_TRACES_SAMPLE_RATE="1.0")
    (trace,) = (event for event in events if event.get("type") == "transaction")
    assert trace["transaction"] == "/hong/"
    assert "khoa-bi-mat" not in json.dumps(trace)


def test_without_a_dsn_its_code_is_not_even_read() -> None:
    _request_id, loaded = a_shop_that_fails(SENTRY_DSN="")
    assert loaded == "False"


def _frames(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        frame
        for event in events
        for error in event["exception"]["values"]
        for frame in error["stacktrace"]["frames"]
    ]

"""Log lines: one object each, with the ids by which an incident is followed."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_tasks import task
from structlog.contextvars import get_contextvars

from shop.observability.logs import LogFormatter
from shop.worker import run_jobs

Lines = Callable[[], list[dict[str, Any]]]
logger = logging.getLogger("shop.tests")


def told_by_a_job() -> int:
    logger.warning("told by a job")
    return 1


@task()
def told_by_a_task() -> None:
    logger.warning("told by a task")


@pytest.mark.django_db
def test_order_and_request_stand_in_every_line_of_a_request(
    failing_shop: Client, json_lines: Lines
) -> None:
    answer = failing_shop.get("/don/PC1001/")
    (line,) = json_lines()
    assert line["event"] == "something about the order"
    assert line["order"] == "PC1001"
    assert line["request_id"] == answer["X-Request-ID"]
    assert line["level"] == "warning" and line["logger"] == "shop.tests"


@pytest.mark.django_db
def test_access_log_names_view_status_and_time_and_no_query(
    failing_shop: Client, json_lines: Lines, settings: Any
) -> None:
    settings.ACCESS_LOG = True
    logging.getLogger("shop.tests").setLevel(logging.ERROR)
    answer = failing_shop.get("/don/PC1001/?k=bi-mat")
    failing_shop.get("/hong/bi-mat-trong-duong-dan/")
    logging.getLogger("shop.tests").setLevel(logging.NOTSET)
    first, *_error, last = json_lines()
    assert first["logger"] == "shop.access"
    facts = {name: first[name] for name in ("method", "view", "path", "status", "queries")}
    assert facts == {
        "method": "GET",
        "view": "tell",
        "path": "/don/PC1001/",
        "status": 200,
        "queries": 1,
    }
    assert first["ms"] > 0
    assert first["request_id"] == answer["X-Request-ID"]
    assert (last["view"], last["status"], last["path"]) == ("fail-secretly", 500, "/hong/***/")
    assert "bi-mat" not in str(json_lines())


def test_error_line_holds_the_trace_and_no_person(failing_shop: Client, json_lines: Lines) -> None:
    answer = failing_shop.get("/hong/")
    (line,) = json_lines()
    assert line["request_id"] == answer["X-Request-ID"]
    assert line["event"] == "Internal Server Error: /hong/"
    assert "RuntimeError: cannot write to ***" in line["exception"]
    assert "lan@gmail.com" not in str(line) and "0912345678" not in str(line)


def test_nothing_of_one_request_is_left_for_the_next(failing_shop: Client) -> None:
    failing_shop.get("/hong/")
    assert get_contextvars() == {}


@pytest.mark.django_db
def test_job_logs_under_its_name_and_an_id_of_its_own(settings: Any, json_lines: Lines) -> None:
    settings.WORKER_JOBS = [f"{__name__}.told_by_a_job"]
    run_jobs()
    run_jobs()
    first, second = (line for line in json_lines() if line["event"] == "told by a job")
    assert first["job"] == "told_by_a_job"
    assert len({first["job_id"], second["job_id"]}) == 2


def test_background_task_logs_under_its_id(json_lines: Lines) -> None:
    result = told_by_a_task.enqueue()
    (line,) = (line for line in json_lines() if line["event"] == "told by a task")
    assert line["task_id"] == result.id
    assert "task_id" not in get_contextvars()


def test_line_cannot_be_forged_by_a_line_break() -> None:
    record = logging.makeLogRecord({"msg": "asked for /a\n2026 [error] all money is gone"})
    for shape in ("json", "line"):
        assert len(LogFormatter(shape).format(record).splitlines()) == 1  # type: ignore[arg-type]


def test_line_for_people_shows_the_same(failing_shop: Client) -> None:
    record = logging.makeLogRecord(
        {"msg": "order %s", "args": ("PC1",), "name": "shop.x", "levelname": "INFO"}
    )
    line = LogFormatter("line").format(record)
    assert "order PC1" in line and "shop.x" in line

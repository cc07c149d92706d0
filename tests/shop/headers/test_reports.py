"""What browsers report of the content security policy is logged, and nothing else comes of it."""

import json
import logging

import pytest
from django.test import Client
from django.urls import reverse

ADDRESS = "/bao-cao-csp/"
OLD = {
    "csp-report": {
        "document-uri": "https://phiencho.example/don-hang/100012/?k=bi-mat",
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://evil.example/x.js?mine=1",
    }
}
NEW = [
    {
        "type": "csp-violation",
        "body": {
            "documentURL": "https://phiencho.example/",
            "effectiveDirective": "style-src-attr",
            "blockedURL": "inline",
        },
    }
]


def report(told: object, kind: str = "application/csp-report") -> int:
    body = told if isinstance(told, (str, bytes)) else json.dumps(told)
    client = Client(enforce_csrf_checks=True)
    return client.post(ADDRESS, body, content_type=kind).status_code


def test_both_kinds_are_logged_without_what_the_address_keeps_secret(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert report(OLD) == 204
    assert report(NEW, "application/reports+json") == 204
    lines = [record.getMessage() for record in caplog.records]
    assert lines == [
        "csp stopped script-src-elem: https://evil.example/x.js on "
        "https://phiencho.example/don-hang/100012/",
        "csp stopped style-src-attr: inline on https://phiencho.example/",
    ]


def test_what_was_only_reported_is_not_said_to_be_stopped(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    report({"csp-report": OLD["csp-report"] | {"disposition": "report"}})
    (line,) = [record for record in caplog.records if record.getMessage().startswith("csp ")]
    assert (line.levelname, line.getMessage()[:25]) == ("INFO", "csp would stop script-src")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/csp-report", 400),
        ("[" * 10_000, "application/csp-report", 400),
        (b"\xff\xfe", "application/csp-report", 400),
        ("x" * 17_000, "application/csp-report", 413),
        ("{}", "text/plain", 415),
        ("a=b", "application/x-www-form-urlencoded", 415),
        ("null", "application/csp-report", 204),
        ('[1, "a", {"body": 3}]', "application/reports+json", 204),
        (
            '{"csp-report": {"blocked-uri": {"a": 1}, "document-uri": "http://["}}',
            "application/csp-report",
            204,
        ),
    ],
)
def test_what_is_no_report_is_refused_quietly(body: str, kind: str, status: int) -> None:
    assert report(body, kind) == status


def test_a_report_is_one_line_of_the_log_and_a_short_one(caplog: pytest.LogCaptureFixture) -> None:
    forged = "x\n2026-11-27 ERROR shop: everything is lost\u2028" + "y" * 4000
    assert report({"csp-report": {"blocked-uri": forged, "document-uri": forged}}) == 204
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "\n" not in record.getMessage() and "\u2028" not in record.getMessage()
    assert len(record.getMessage()) < 600


def test_nobody_reads_there() -> None:
    assert Client().get(reverse("csp-report")).status_code == 405

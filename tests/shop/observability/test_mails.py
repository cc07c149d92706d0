"""Errors by mail: with the id, without the buyer, and not a thousand of them."""

import logging
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from shop.observability.mails import Counts, ErrorMailHandler

logger = logging.getLogger("shop.tests.mails")


@pytest.fixture(autouse=True)
def _told(settings: Any) -> None:
    settings.ADMINS = [("truc@phiencho.example", "truc@phiencho.example")]
    ErrorMailHandler.counts = Counts()


def test_mail_tells_where_it_failed_and_of_nobody(failing_shop: Client) -> None:
    answer = failing_shop.post(
        "/hong/bi-mat/?k=khoa-bi-mat", {"name": "Nguyễn Thị Lan", "phone": "0912345678"}
    )
    (letter,) = mail.outbox
    assert letter.to == ["truc@phiencho.example"]
    assert answer["X-Request-ID"] in letter.subject
    assert answer["X-Request-ID"] in letter.body
    assert "View: fail-secretly" in letter.body
    assert "RuntimeError" in letter.body and "failing.py" in letter.body
    everything = f"{letter.subject} {letter.body}"
    for secret in ("Lan", "lan@gmail.com", "0912345678", "bi-mat"):
        assert secret not in everything


def test_same_error_is_told_once(failing_shop: Client) -> None:
    for _ in range(50):
        failing_shop.get("/hong/")
    assert len(mail.outbox) == 1


def test_an_incident_does_not_fill_the_mailbox(settings: Any) -> None:
    settings.ERROR_MAILS_AN_HOUR = 3
    for number in range(10):
        try:
            exec(compile(f"{chr(10) * number}raise ValueError", "many-places", "exec"))
        except ValueError:
            logger.exception("failed")
    assert len(mail.outbox) == 3


def test_limit_holds_when_the_cache_is_what_broke(failing_shop: Client, monkeypatch: Any) -> None:
    def broken(*_args: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr("shop.observability.mails.cache.add", broken)
    for _ in range(5):
        failing_shop.get("/hong/")
    assert len(mail.outbox) == 1


def test_error_outside_of_a_request_is_told_as_well() -> None:
    logger.error("sum of %s does not tie", "lan@gmail.com")
    (letter,) = mail.outbox
    assert "sum of *** does not tie" in letter.subject


def test_nobody_is_told_where_nobody_is_named(failing_shop: Client, settings: Any) -> None:
    settings.ADMINS = []
    failing_shop.get("/hong/")
    assert mail.outbox == []


def test_answer_that_is_meant_is_no_error(client: Client, settings: Any, tmp_path: Any) -> None:
    settings.VAR_DIR = tmp_path
    (tmp_path / "draining").touch()
    assert client.get("/readyz/").status_code == 503
    assert mail.outbox == []

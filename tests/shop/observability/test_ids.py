"""The id that a buyer reads out on the telephone finds everything about the incident."""

from typing import Any

import pytest
from django.test import Client

GIVEN = "nginx-7f3a9c0011"


def test_visitor_names_nothing(client: Client) -> None:
    answer = client.get("/favicon.ico", HTTP_X_REQUEST_ID=GIVEN)
    assert answer["X-Request-ID"] != GIVEN
    assert len(answer["X-Request-ID"]) == 16
    assert client.get("/favicon.ico")["X-Request-ID"] != answer["X-Request-ID"]


def test_our_proxy_does(client: Client, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    assert client.get("/favicon.ico", HTTP_X_REQUEST_ID=GIVEN)["X-Request-ID"] == GIVEN


@pytest.mark.parametrize("given", ["", "short", "x" * 65, 'a"quoted"id-123', "with space 123"])
def test_what_is_no_id_is_not_taken(client: Client, settings: Any, given: str) -> None:
    settings.TRUSTED_PROXIES = 1
    assert client.get("/favicon.ico", HTTP_X_REQUEST_ID=given)["X-Request-ID"] != given


def test_error_page_shows_it(failing_shop: Client) -> None:
    answer = failing_shop.get("/hong/")
    assert answer.status_code == 500
    assert f"<code>{answer['X-Request-ID']}</code>" in answer.content.decode()

"""When something breaks, the visitor reads that, and nothing of how the shop is made."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import a_shop

pytestmark = pytest.mark.django_db

INSIDE = ("Traceback", "SECRET", "sqlite", "postgres", "settings", ".py", "Django", "Exception")


def test_an_error_tells_nothing_of_the_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    a_shop()

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError(f"Traceback of {settings.SECRET_KEY} in settings.py")

    monkeypatch.setattr("catalogue.browse.listing.Listing.__init__", broken)
    client = Client(raise_request_exception=False)
    answer = client.get("/san-pham/")
    assert answer.status_code == 500
    text = answer.content.decode()
    assert "<h1" in text
    assert not [word for word in INSIDE if word in text]


@pytest.mark.parametrize(
    "path", ["/khong-co/", "/san-pham/khong-co/", "/don-hang/PC000/", "/media/x"]
)
def test_what_is_not_there_tells_nothing_of_the_inside(path: str) -> None:
    a_shop()
    answer = Client().get(path)
    assert answer.status_code == 404
    assert not [word for word in INSIDE if word in answer.content.decode()]


def test_a_host_that_is_not_ours_is_refused() -> None:
    a_shop()
    for host in ("ke-xau.example", "testserver.ke-xau.example", "testserver@ke-xau.example", ""):
        answer = Client(raise_request_exception=False).get("/", HTTP_HOST=host or "a b")
        assert answer.status_code == 400
        assert b"ke-xau" not in answer.content


def test_no_answer_names_what_it_was_made_with() -> None:
    a_shop()
    headers = Client().get("/").headers
    assert not {"Server", "X-Powered-By", "Via"} & set(headers)

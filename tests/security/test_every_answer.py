"""What stands in the head of every answer, whoever asks: one walk over all addresses."""

from functools import cache
from typing import Any, NamedTuple

import pytest

from tests.addresses import all_addresses
from tests.full_house import a_full_house
from tests.fuzz.targets import is_ours
from tests.neighbour import filled

pytestmark = pytest.mark.django_db


class Answer(NamedTuple):
    role: str
    form: str
    status: int
    headers: dict[str, str]
    is_file: bool

    @property
    def kind(self) -> str:
        return self.headers.get("Content-Type", "")

    @property
    def is_shown(self) -> bool:
        return self.status == 200 and self.kind.startswith("text/html")


@cache
def answers() -> tuple[Answer, ...]:
    """To a script of another site that asks in the name of a guest, a buyer and the staff.

    Heads alone are kept, so that each test of this file need not walk again.
    """
    house = a_full_house()
    found = []
    for role in ("guest", "buyer", "staff"):
        client = house.client(role)
        for address in all_addresses():
            if address.form.startswith("cms/") and not is_ours(address):
                continue  # Wagtail's own pages, many and all alike
            path = filled(address.form, address.names, house.known)
            answer: Any = client.get(path, headers={"origin": "https://ke-xau.example"})
            if answer.streaming:
                b"".join(answer.streaming_content)
            is_file = answer.streaming and not address.form.startswith("media/")
            found.append(
                Answer(role, address.form, answer.status_code, dict(answer.headers), is_file)
            )
    return tuple(found)


def test_no_script_of_another_site_reads_an_answer() -> None:
    assert len(answers()) > 600
    assert [each for each in answers() if "Access-Control-Allow-Origin" in each.headers] == []


def test_no_page_is_framed_by_another_site() -> None:
    shown = [each for each in answers() if each.is_shown]
    assert len({each.form for each in shown}) > 100
    allowed = ("SAMEORIGIN", "DENY")
    assert [e.form for e in shown if e.headers.get("X-Frame-Options") not in allowed] == []


def test_no_browser_guesses_what_an_answer_is() -> None:
    assert [
        each.form
        for each in answers()
        if each.status == 200 and each.headers.get("X-Content-Type-Options") != "nosniff"
    ] == []


def test_every_file_that_is_sent_is_kept_apart_from_the_page() -> None:
    """A picture that was written anew may be shown; any other file is saved, never opened here."""
    files = [each for each in answers() if each.is_file and each.status == 200]
    assert len({each.form for each in files}) > 5
    for each in files:
        where = each.headers.get("Content-Disposition", "inline")
        assert where.startswith("attachment") or each.kind == "image/webp", each
        assert "private" in each.headers.get("Cache-Control", "") or "anh" in each.form, each


def test_no_page_breaks_for_whoever_opens_it() -> None:
    assert [(each.role, each.form) for each in answers() if each.status >= 500] == []

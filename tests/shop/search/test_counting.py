"""What was looked for is counted for staff, without saying who looked."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from catalogue import tally
from catalogue.lookup.counting import KEPT_DAYS, count_search, forget_old_counts, searches
from catalogue.lookup.indexing import rebuild
from catalogue.lookup.models import SearchCount
from shop.staff import ensure_staff_group
from tests.factories import a_buyer, a_home, a_product, a_staff_member

pytestmark = pytest.mark.django_db
PHONE = {"user-agent": "Mozilla/5.0 (Linux; Android 15) Mobile"}


@pytest.fixture(autouse=True)
def _shop() -> None:
    a_home()
    a_product("Khoai lang Yên Sơn")
    rebuild()
    searches.forget()


def counts() -> dict[str, tuple[int, int]]:
    searches.flush()
    return {each.words: (each.searches, each.zero) for each in SearchCount.objects.all()}


def ask(client: Client, headers: dict[str, str] | None = None, **data: str) -> None:
    assert client.get("/tim-kiem/", data, headers=headers or PHONE).status_code == 200


def test_searches_of_a_day_add_up_however_they_are_written(client: Client) -> None:
    for query in ("khoai lang", "KHOAI LANG", "Khoai  láng!"):
        ask(client, q=query)
    ask(client, q="máy bay")
    assert counts() == {"khoai lang": (3, 0), "may bay": (1, 1)}
    assert (
        SearchCount.objects.values_list("day", flat=True).distinct().get() == timezone.localdate()
    )


def test_a_corrected_search_found_something(client: Client) -> None:
    ask(client, q="khoai lag")
    assert counts() == {"khoai lag": (1, 0)}


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"user-agent": ""},
        {**PHONE, "sec-purpose": "prefetch;prerender"},
    ],
)
def test_robots_and_prefetching_browsers_are_not_counted(
    client: Client, headers: dict[str, str]
) -> None:
    ask(client, headers, q="khoai")
    assert counts() == {}


def test_second_pages_kinds_and_suggestions_are_not_counted(client: Client) -> None:
    ask(client, q="khoai", trang="2")
    ask(client, q="khoai", loai="product")
    client.get("/tim-kiem/goi-y/", {"q": "khoai"}, headers=PHONE)
    ask(client, q="   ")
    assert counts() == {}


@pytest.mark.parametrize(
    "query", ["0912 345 678", "lan@example.com", "đơn 024098001234", "+84-912-345-678"]
)
def test_what_may_be_somebody_s_is_not_kept(client: Client, query: str) -> None:
    ask(client, q=query)
    assert counts() == {}


def test_long_text_is_cut(client: Client) -> None:
    ask(client, q="khoai " * 50)
    (words,) = counts()
    assert len(words) <= 100


def test_counting_asks_the_database_nothing_until_the_answer_is_sent(
    django_assert_num_queries: Any,
) -> None:
    with django_assert_num_queries(0):
        count_search("khoai", found_nothing=False)
    assert not SearchCount.objects.exists()


def test_each_process_adds_to_what_the_others_counted() -> None:
    for found_nothing in (False, True):
        count_search("khoai", found_nothing=found_nothing)
        count_search("khoai", found_nothing=True)
        assert searches.flush() == 2
    assert counts() == {"khoai": (4, 3)}


def test_counts_that_cannot_be_written_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(taken: object) -> None:
        raise DatabaseError("away")

    count_search("khoai", found_nothing=False)
    with monkeypatch.context() as patched:
        patched.setattr(searches, "write", fail)
        assert searches.flush() == 0
    assert counts() == {"khoai": (1, 0)}


def test_an_answer_later_than_half_a_minute_brings_the_writing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client, q="khoai")
    assert not SearchCount.objects.exists()
    monkeypatch.setattr(tally, "FLUSH_SECONDS", 0)
    client.get("/healthz/")
    assert SearchCount.objects.get().searches == 1


def test_old_counts_are_forgotten() -> None:
    today = timezone.localdate()
    SearchCount.objects.create(day=today - timedelta(days=KEPT_DAYS + 1), words="khoai", searches=1)
    SearchCount.objects.create(day=today, words="khoai", searches=2)
    assert forget_old_counts() == 1
    assert counts() == {"khoai": (2, 0)}


def test_staff_see_what_was_looked_for_and_what_was_not_found(client: Client) -> None:
    today = timezone.localdate()
    for days_ago, words, times, zero in [
        (0, "khoai", 5, 0),
        (3, "gà đồi", 4, 4),
        (20, "vải", 9, 9),
    ]:
        SearchCount.objects.create(
            day=today - timedelta(days=days_ago), words=words, searches=times, zero=zero
        )
    staff = a_staff_member()
    staff.groups.add(ensure_staff_group())
    client.force_login(staff)
    page = client.get("/quan-ly/tim-kiem/").content.decode()
    assert page.index("khoai") < page.index("gà đồi")
    assert "vải" not in page
    missing = client.get("/quan-ly/tim-kiem/?ngay=30&trong=1").content.decode()
    assert missing.index("vải") < missing.index("gà đồi")
    assert ">khoai<" not in missing
    assert "/quan-ly/tim-kiem/" in client.get("/quan-ly/").content.decode()


def test_others_see_nothing_of_it(client: Client) -> None:
    assert client.get("/quan-ly/tim-kiem/").status_code == 302
    client.force_login(a_buyer())
    assert client.get("/quan-ly/tim-kiem/").status_code == 403
    staff = a_staff_member()
    staff.user_permissions.add(Permission.objects.get(codename="view_order"))
    client.force_login(staff)
    assert client.get("/quan-ly/tim-kiem/").status_code == 403
    assert "/quan-ly/tim-kiem/" not in client.get("/quan-ly/").content.decode()

"""Several processes with one cache, and several visitors at one moment."""

import threading
import time
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from shop import release
from shop.pagecache import edition, keeping, middleware
from shop.pagecache.counting import figures
from shop.pagecache.keeping import memory
from shop.pagecache.middleware import PageCacheMiddleware
from tests.factories import a_product


@pytest.fixture
def together(settings: LazySettings) -> None:
    settings.PAGE_CACHE_SHARED = True
    edition.look_again()


def as_another_process() -> None:
    memory.clear()
    edition.look_again()


@pytest.mark.django_db
def test_what_one_process_drew_another_shows(
    together: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = a_product("Mật ong").get_absolute_url()
    drawn = Client().get(url).content
    as_another_process()
    before = figures()["shared"]
    with django_assert_num_queries(0):
        assert Client().get(url).content == drawn
    assert figures()["shared"] == before + 1


@pytest.mark.django_db
def test_a_new_release_takes_no_page_that_the_old_one_drew_while_both_serve(
    together: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = a_product("Mật ong").get_absolute_url()
    Client().get(url)
    before = figures()
    for _turn in range(2):  # asked of the new one, of the old one, and once more
        monkeypatch.setattr(release, "stamp", lambda: "the-new-one")
        as_another_process()
        Client().get(url)
        monkeypatch.undo()
        as_another_process()
        Client().get(url)
    after = figures()
    assert after["misses"] == before["misses"] + 1
    assert after["shared"] == before["shared"] + 3


def test_what_one_release_writes_the_other_hears_of(
    together: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edition, "LOOKED_AT_SECONDS", 0)
    here = edition.current_edition()
    monkeypatch.setattr(release, "stamp", lambda: "the-new-one")
    edition.next_edition()
    monkeypatch.undo()
    edition.look_again()
    assert edition.current_edition() != here


@pytest.mark.django_db
def test_what_one_process_writes_the_other_hears_of_within_a_second(
    together: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = edition.current_edition()
    cache.set("pagecache:edition", "of-another-process", None)
    assert edition.current_edition() == here
    monkeypatch.setattr(edition, "LOOKED_AT_SECONDS", 0)
    assert edition.current_edition() == f"of-another-process.{release.stamp()}"


def test_what_a_process_writes_itself_it_knows_at_once(together: None) -> None:
    here = edition.current_edition()
    edition.next_edition()
    assert edition.current_edition() not in (here, None)
    assert edition.current_edition() == f"{cache.get('pagecache:edition')}.{release.stamp()}"


def test_what_a_process_writes_while_it_asks_is_not_forgotten_for_the_answer(
    together: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(key: str) -> Any:
        found = cache.get(key)
        edition.next_edition()
        return found

    cache.set("pagecache:edition", "of-before", None)
    monkeypatch.setattr(edition, "cache", SimpleNamespace(get=slow, set=cache.set))
    told = edition.current_edition()
    word = cache.get("pagecache:edition")
    assert word != "of-before"
    assert told == edition.current_edition() == f"{word}.{release.stamp()}"


@pytest.mark.django_db
def test_a_cache_that_is_away_costs_speed_and_no_page(
    together: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = a_product("Mật ong").get_absolute_url()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("away")

    away = SimpleNamespace(get=fail, set=fail, add=fail)
    monkeypatch.setattr(edition, "cache", away)
    monkeypatch.setattr(keeping, "cache", away)
    assert Client().get(url).status_code == 200
    assert edition.current_edition() is None
    edition.next_edition()


def test_without_a_shared_cache_processes_look_at_one_file() -> None:
    before = edition.current_edition()
    edition.next_edition()
    assert edition.current_edition() != before


def test_a_file_that_is_gone_is_begun_again(settings: LazySettings) -> None:
    settings.PAGE_CACHE_EDITION_FILE.unlink()
    assert edition.current_edition() is None
    assert edition.current_edition() is not None


# --- Many at once ------------------------------------------------------------------------------


@pytest.fixture
def no_sale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "next_turn", lambda: None)


class Slow:
    """A shop that takes a while to draw its page."""

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.drawn += 1
        time.sleep(0.2)
        return HttpResponse(f"page {self.drawn}")


def ask_at_once(shop: PageCacheMiddleware, visitors: int) -> list[str]:
    answers: list[str] = []

    def ask() -> None:
        answers.append(shop(RequestFactory().get("/san-pham/")).content.decode())

    threads = [threading.Thread(target=ask) for _ in range(visitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_many_who_ask_at_once_one_has_it_drawn(no_sale: None) -> None:
    slow = Slow()
    assert ask_at_once(PageCacheMiddleware(slow), 8) == ["page 1"] * 8
    assert slow.drawn == 1


def test_while_an_aged_page_is_drawn_anew_the_others_get_it(
    no_sale: None, settings: LazySettings
) -> None:
    settings.PAGE_CACHE_SECONDS = 1
    slow = Slow()
    shop = PageCacheMiddleware(slow)
    ask_at_once(shop, 1)
    time.sleep(1.01)
    answers = ask_at_once(shop, 6)
    assert slow.drawn == 2
    assert sorted(answers) == ["page 1"] * 5 + ["page 2"]


def test_once_a_price_turned_nobody_gets_the_page_of_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turn = timezone.now() + timedelta(seconds=0.5)
    monkeypatch.setattr(middleware, "next_turn", lambda: turn if timezone.now() < turn else None)
    slow = Slow()
    shop = PageCacheMiddleware(slow)
    ask_at_once(shop, 1)
    time.sleep(0.5)
    assert ask_at_once(shop, 6) == ["page 2"] * 6


def test_a_price_that_turns_while_a_page_is_drawn_ends_that_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turn = timezone.now() + timedelta(seconds=0.1)
    monkeypatch.setattr(middleware, "next_turn", lambda: turn if timezone.now() < turn else None)
    shop = PageCacheMiddleware(Slow())
    assert ask_at_once(shop, 1) == ["page 1"]
    assert ask_at_once(shop, 1) == ["page 2"]


def test_of_several_processes_one_draws(together: None) -> None:
    name = "page:x"
    with keeping.turn_among_processes(name) as first:
        assert first is None
        later = time.time() + 60
        page = keeping.KeptPage(b"x", b"", (), 'W/"x"', later, later)
        threading.Timer(0.1, keeping.put_shared, (name, page)).start()
        with keeping.turn_among_processes(name) as second:
            assert second == page


def test_who_waited_for_nothing_draws_by_themselves(together: None) -> None:
    name = "page:y"
    cache.add(f"{name}:turn", 1, 5)
    threading.Timer(0.1, cache.delete, (f"{name}:turn",)).start()
    with keeping.turn_among_processes(name) as page:
        assert page is None


def test_a_page_that_fails_fails_for_one_and_leaves_nobody_waiting(no_sale: None) -> None:
    def fail(request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    shop = PageCacheMiddleware(fail)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            shop(RequestFactory().get("/san-pham/"))

"""The test base itself: what one test writes, no other test finds."""

import os
import subprocess
import threading

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Locale, Site

from cms.models import BasePage
from shop.places.models import Province
from shop.users.models import User
from tests.database.servers import is_left_behind


def _what_migrations_wrote() -> dict[str, int]:
    return {
        model.__name__: model._default_manager.count()
        for model in (BasePage, Locale, Site, ContentType, Province)
    }


@pytest.fixture(scope="module")
def first_seen() -> dict[str, int]:
    return {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_what_migrations_wrote(
    turn: int, first_seen: dict[str, int]
) -> None:
    rows = _what_migrations_wrote()
    assert all(rows.values())
    assert rows == (first_seen or rows)
    first_seen.update(rows)
    assert not User.objects.filter(email="lan@example.com").exists()

    BasePage.objects.filter(depth__gt=1).delete()
    Site.objects.all().delete()
    User.objects.create_user(email="lan@example.com", password="x")


@pytest.mark.django_db(transaction=True)
def test_a_thread_sees_what_the_test_committed() -> None:
    User.objects.create_user(email="lan@example.com", password="x")
    seen: list[bool] = []

    def look() -> None:
        seen.append(User.objects.filter(email="lan@example.com").exists())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [True]


def test_copies_of_runs_that_are_over_go_with_what_was_made_beside_them() -> None:
    over = subprocess.Popen(["true"])
    over.wait()
    for pid, is_over in ((over.pid, True), (os.getpid(), False)):
        for name in ("run-gw0-{}", "a_test_run_gw0_{}", "a_test_run_main_{}_bc09d386"):
            assert is_left_behind(name.format(pid)) is is_over
    assert not is_left_behind("a_test_run_by_hand")

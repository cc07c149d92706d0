"""Words that stand in more entries than are ranked: what is shown of them, and what is counted."""

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from catalogue.lookup.backends import database_backend, postgresql
from catalogue.lookup.backends.base import Matches
from catalogue.lookup.models import Entry, Kind
from catalogue.lookup.wanted import Scope, terms_of

pytestmark = pytest.mark.django_db
MOST = 6
only_on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only on PostgreSQL"
)


@pytest.fixture(autouse=True)
def _shop() -> None:
    """Twenty goods whose text says honey, five that are honey, a maker and a place of it."""
    goods = [_entry(n, f"Trà {n}", text="mật ong", popularity=n) for n in range(20)]
    honey = [_entry(100 + n, f"Mật ong {n}", popularity=n) for n in range(4)]
    sold_out = _entry(200, "Mật ong hết", popularity=50, is_available=False)
    maker = _entry(1, "Tổ hợp tác mật ong", kind=Kind.PRODUCER)
    place = _entry(2, "Làng mật ong", kind=Kind.PLACE, text="nuôi ong lấy mật")
    english = _entry(3, "Honey of mật ong", kind=Kind.STORY, language="en")
    Entry.objects.bulk_create([*goods, *honey, sold_out, maker, place, english])


@pytest.fixture(params=[5000, MOST], ids=["all are looked at", "too many to look at"], autouse=True)
def _most_looked_at(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "MOST_LOOKED_AT", request.param)


def _entry(key: int, name: str, kind: str = Kind.PRODUCT, text: str = "", **facts: object) -> Entry:
    return Entry.of(
        names=[name],
        places=[],
        text=[text],
        name=name,
        kind=kind,
        source=kind,
        key=key,
        written_at=timezone.now(),
        **facts,
    )


def found(words: str, kind: str = "") -> Matches:
    return database_backend().find(terms_of(words.split()), Scope("vi"), kind=kind, most=MOST)


def test_titles_stand_before_texts_and_each_kind_is_among_them() -> None:
    names = {row.name for row in found("mat ong").rows}

    assert names >= {f"Mật ong {n}" for n in range(4)} | {"Tổ hợp tác mật ong", "Làng mật ong"}
    assert "Honey of mật ong" not in names


def test_every_kind_is_counted_whatever_kind_is_asked_for() -> None:
    counts = {"product": 25, "producer": 1, "place": 1}

    assert found("mat ong").counts == counts
    assert found("mat ong", "product").counts == counts
    assert found("mat ong", "story").counts == counts
    assert found("mat ong", "story").rows == []
    assert {row.kind for row in found("mat ong", "product").rows} == {"product"}


@only_on_postgresql
def test_those_that_can_be_bought_and_are_bought_most_are_ranked() -> None:
    most_bought = {f"Trà {n}" for n in range(20 - MOST, 20)}

    assert most_bought <= {row.name for row in found("tra").rows}
    assert most_bought <= {row.name for row in found("tra", "product").rows}


@only_on_postgresql
def test_a_kind_is_counted_no_further_than_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "MOST_COUNTED", 10)
    monkeypatch.setattr(postgresql, "MOST_LOOKED_AT", MOST)

    assert found("mat ong").counts == {"product": 11, "producer": 1, "place": 1}


def test_what_is_few_is_found_with_few_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 2):
        assert found("lang").counts == {"place": 1}
    with django_assert_num_queries(1):
        assert found("khoai") == Matches()

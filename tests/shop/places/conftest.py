from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection

from shop.places.data import PlaceLists, read_lists
from shop.places.loading import load_lists
from shop.places.models import FormerCommune, LoadedList, Province, Ward


@pytest.fixture(scope="session")
def some_lists() -> PlaceLists:
    """All provinces, with the wards of Bắc Ninh and Lâm Đồng and what those were before."""
    lists = read_lists()
    wards = [row for row in lists.wards if row[1] in {"24", "68"}]
    codes = {row[0] for row in wards}
    return PlaceLists(
        provinces=lists.provinces,
        wards=wards,
        former_communes=[row for row in lists.former_communes if row[3] in codes],
    )


@pytest.fixture(autouse=True)
def no_places(request: pytest.FixtureRequest) -> None:
    """Empty tables: the test database comes with the whole country, these tests load it."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        request.getfixturevalue("db")
        with connection.cursor() as cursor:  # Django's own delete() fetches all 13,000 first
            for model in (FormerCommune, Ward, Province, LoadedList):
                cursor.execute(f'DELETE FROM "{model._meta.db_table}"')


@pytest.fixture
def places(db: None, some_lists: PlaceLists) -> Iterator[None]:
    """The places of `some_lists`, with empty caches before and after."""
    cache.clear()
    load_lists(some_lists)
    yield
    cache.clear()

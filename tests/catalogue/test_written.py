"""Queries whose SQL is written once find what the same query found anew would find."""

from datetime import date
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, DateField, QuerySet

from catalogue.among import keys_value
from catalogue.models import Lot, Product
from catalogue.written import Asked, Written
from tests.factories import a_lot, a_producer, a_product

pytestmark = pytest.mark.django_db


def test_rows_come_with_what_they_name_and_what_was_counted(
    django_assert_num_queries,
) -> None:
    maker = a_producer("HTX Thanh Lâm")
    cake = a_product("Bánh mật", producer=maker)
    a_product("Chè lam")
    by_maker = Written(
        lambda: (
            Product.objects.filter(producer=Asked("maker"))
            .select_related("producer")
            .annotate(pictured=Count("images"))
        )
    )
    with django_assert_num_queries(1):
        (found,) = by_maker.rows(maker=maker.pk)
        assert (found, found.producer.name, found.pictured) == (cake, "HTX Thanh Lâm", 0)


def test_each_asks_with_its_own_values_and_the_sql_is_written_once() -> None:
    made: list[int] = []

    def good_on_a_day() -> QuerySet[Lot]:
        made.append(1)
        return Lot.objects.filter(best_before__gte=Asked("day", DateField()))

    cake = a_product()
    lot = a_lot(cake, best_before=date(2026, 12, 1))
    good = Written(good_on_a_day)
    assert good.rows(day=date(2026, 12, 1)) == [lot]
    assert good.rows(day=date(2026, 12, 2)) == []
    assert good.first(day=date(2026, 11, 30)) == lot
    assert good.first(day=date(2027, 1, 1)) is None
    assert made == [1]


@pytest.mark.parametrize("shape", ["tuples", "flat", "dictionaries", "union"])
def test_values_come_in_the_shape_that_was_asked_for(shape: str) -> None:
    goods = [a_product("Bánh mật"), a_product("Chè lam"), a_product("Khoai lang")]
    keys = {each.pk for each in goods[:2]}

    def wanted(told: Any) -> QuerySet[Any, Any]:
        rows = Product.objects.filter(pk__among=told).order_by("pk")
        return {
            "tuples": lambda: rows.values_list("pk", "title"),
            "flat": lambda: rows.values_list("title", flat=True),
            "dictionaries": lambda: rows.values("pk", "title"),
            "union": lambda: (
                rows.order_by()
                .values_list("title")
                .union(rows.order_by().values_list("title"), all=True)
            ),
        }[shape]()

    value = keys_value(keys, connection.vendor)
    found = Written(lambda: wanted(Asked("keys"))).rows(keys=value)
    anew = list(wanted(value))
    assert (sorted(found) if shape == "union" else found) == (
        sorted(anew) if shape == "union" else anew
    )
    assert len(found) == (4 if shape == "union" else 2)


def test_a_value_that_is_not_told_is_missed() -> None:
    with pytest.raises(KeyError, match="maker"):
        Written(lambda: Product.objects.filter(producer=Asked("maker"))).rows()


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection() -> None:
    cake, seen = a_product("Bánh mật"), list[Product]()
    by_title = Written(lambda: Product.objects.filter(title=Asked("title")))
    assert by_title.rows(title="Bánh mật") == [cake]

    def ask() -> None:
        seen.extend(by_title.rows(title="Bánh mật"))
        connection.close()

    # The first thread's connection would refuse to be used by another.
    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert seen == [cake]

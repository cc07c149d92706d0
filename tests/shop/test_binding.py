"""Statements that name a value twice work where values travel beside the text (PostgreSQL)."""

import pytest
from django.db import connection
from django.db.models import Case, Count, IntegerField, Value, When
from django.db.models.functions import Concat
from wagtail.models import Site

from catalogue.models import Category
from shop.binding import names_values_twice

pytestmark = pytest.mark.django_db


def test_distinct_rows_are_ordered_by_an_expression_with_a_value() -> None:
    first = Case(When(hostname="a%b's", then=0), default=1, output_field=IntegerField())
    assert list(Site.objects.filter(hostname__contains="").distinct().order_by(first, "pk"))


def test_rows_are_grouped_by_an_expression_with_a_value() -> None:
    Category.add_root(name="Khoai 100%")
    named = Category.objects.annotate(said=Concat("name", Value(" – 50%"))).order_by()
    counted = named.values("said").annotate(many=Count("pk"))
    assert ("Khoai 100% – 50%", 1) in counted.values_list("said", "many")


@pytest.mark.parametrize(
    ("sql", "twice"),
    [
        ("SELECT DISTINCT a, CASE WHEN b = %s THEN 1 END FROM t ORDER BY CASE WHEN b = %s", True),
        ("SELECT DISTINCT a FROM t WHERE b = %s ORDER BY a", False),
        ("SELECT DISTINCT a FROM t ORDER BY a", False),
        ("SELECT a || %s, COUNT(*) FROM t GROUP BY a || %s", True),
        ("SELECT a, COUNT(*) FROM t WHERE b = %s GROUP BY a HAVING COUNT(*) > %s", False),
        ("SELECT (SELECT COUNT(*) FROM u GROUP BY u.a) FROM t WHERE b = %s", False),
        ("SELECT a FROM t WHERE b = %s ORDER BY a", False),
    ],
)
def test_only_such_statements_carry_their_values_in_the_text(sql: str, twice: bool) -> None:
    assert names_values_twice(sql) is twice


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL")
def test_other_statements_send_their_values_beside_the_text() -> None:
    with connection.cursor() as cursor:
        for number in range(7):
            cursor.execute("SELECT %s + 1 AS planned_once", [number])
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        assert [said for (said,) in cursor if "planned_once" in said] == [
            "SELECT $1 + 1 AS planned_once"
        ]

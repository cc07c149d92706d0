"""The price in the database is the price in Python."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalogue.models import Product
from catalogue.prices import lowest_price
from tests.catalogue.making import a_variant
from tests.factories import a_product, a_stock_record

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("fields", "abv"),
    [
        ({}, None),
        ({"sale_price": 70}, None),
        ({"sale_price": 70, "starts": HOUR}, None),
        ({"sale_price": 70, "starts": -HOUR}, None),
        ({"sale_price": 70, "ends": -HOUR}, None),
        ({"sale_price": 70, "ends": HOUR}, None),
        ({"sale_price": 70}, "12.0"),
        ({"sale_price": 70}, "15.0"),
        ({"sale_price": 70}, "30.0"),
    ],
)
def test_lowest_price_in_the_database_is_that_of_the_stock_record(
    fields: dict, abv: str | None
) -> None:
    now = timezone.now()
    times = {f"sale_{name}_at": now + fields[name] for name in ("starts", "ends") if name in fields}
    product = a_product(price=None, abv=Decimal(abv) if abv else None)
    variant = a_variant(product, "nhỏ", price=None)
    a_stock_record(variant, price=100, stock=5, sale_price=fields.get("sale_price"), **times)
    a_variant(product, "to", price=200)
    found = Product.objects.with_lowest_price(now).for_cards().get(pk=product.pk)
    tag = lowest_price(found)
    assert tag is not None
    assert found.lowest_price == tag.amount


def test_goods_without_stock_record_have_no_price() -> None:
    product = a_product(price=None)
    found = Product.objects.with_lowest_price().get(pk=product.pk)
    assert found.lowest_price is None
    assert lowest_price(found) is None

"""What a product costs and whether it can be bought."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shop.partner.models import StockRecord
from shop.partner.strategy import Selector
from tests.factories import a_producer, a_product, a_spirit, a_stock_record, a_variant_product

pytestmark = pytest.mark.django_db


def info(product):
    return Selector().strategy().fetch_for_product(product)


def test_price_is_one_amount_with_tax() -> None:
    price = info(a_product(price=45_000)).price
    assert (price.incl_tax, price.excl_tax, price.tax) == (45_000, 45_000, 0)
    assert price.effective_price == 45_000


def test_sale_price_while_it_lasts() -> None:
    product = a_product(price=45_000, sale_price=40_000)
    assert info(product).price.incl_tax == 40_000
    StockRecord.objects.update(sale_ends_at=timezone.now() - timedelta(seconds=1))
    product = type(product).objects.get(pk=product.pk)
    assert info(product).price.incl_tax == 45_000


def test_strong_drink_has_no_sale_price() -> None:
    assert info(a_spirit(price=300_000, sale_price=200_000)).price.incl_tax == 300_000


def test_parent_costs_its_cheapest_variant() -> None:
    parent = a_variant_product(variants={"1 kg": (230_000, 5), "500 g": (120_000, 5)})
    fetched = Selector().strategy().fetch_for_parent(parent)
    assert fetched.price.incl_tax == 120_000
    assert fetched.availability.is_available_to_buy


def test_parent_with_empty_shelves_is_not_available() -> None:
    parent = a_variant_product(variants={"1 kg": (230_000, 0)})
    assert not Selector().strategy().fetch_for_parent(parent).availability.is_available_to_buy


@pytest.mark.parametrize("facts", [{"live": False}, {"archived_at": "2026-01-01T00:00+07:00"}])
def test_withdrawn_product_is_not_for_sale(facts: dict) -> None:
    assert info(a_product(**facts)).availability.is_purchase_permitted(1) == (
        False,
        "Món này không còn bán.",
    )


def test_variant_of_a_withdrawn_parent_is_not_for_sale() -> None:
    parent = a_variant_product(live=False)
    type(parent).objects.filter(parent=parent).update(live=True, is_public=True)
    assert not info(parent.children.first()).availability.is_available_to_buy


def test_what_is_promised_is_not_left() -> None:
    product = a_product(stock=5)
    product.stockrecords.get().allocate(3)
    product = type(product).objects.get(pk=product.pk)
    assert info(product).availability.is_purchase_permitted(2) == (True, "")
    assert info(product).availability.is_purchase_permitted(3) == (False, "Chỉ còn 2.")


def test_product_without_price_is_not_for_sale() -> None:
    fetched = info(a_product(price=None))
    assert not fetched.price.exists
    assert not fetched.availability.is_available_to_buy


def test_record_with_stock_goes_before_a_cheaper_empty_one() -> None:
    product = a_product(price=45_000, stock=5)
    a_stock_record(product, price=30_000, stock=0, partner=a_producer())
    assert info(product).price.incl_tax == 45_000


def test_who_packs_gift_boxes_sells_without_a_page_among_the_producers() -> None:
    packer = a_producer("Phiên chợ", is_public=False)
    assert info(a_product(producer=packer)).availability.is_available_to_buy

"""The factories give things that the shop itself would call sound."""

import pytest
from django.utils import timezone

from catalogue.models import Product
from catalogue.publishing import obstacles
from tests.factories import (
    a_basket_with,
    a_buyer,
    a_certificate,
    a_home,
    a_lot,
    a_picture,
    a_product,
    a_shop,
    a_spirit,
    a_variant_product,
    zone_rates,
)

pytestmark = pytest.mark.django_db


def test_a_product_could_be_published_as_it_is() -> None:
    for product in (a_product(), a_variant_product(), a_spirit()):
        assert obstacles(product) == []
        assert product in Product.objects.listed()


def test_two_of_everything_do_not_collide() -> None:
    for _again in range(2):
        product = a_product(picture=a_picture())
        a_certificate(product, stars=4)
        a_lot(product)
        a_buyer()
        a_home()
    zone_rates()
    assert Product.objects.count() == 2


def test_a_certificate_shows_its_stars_today() -> None:
    product = a_product()
    a_certificate(product, stars=4)
    assert product.stars_on(timezone.localdate()) == 4


def test_a_basket_holds_what_was_put_in() -> None:
    honey, tea = a_product(price=45_000), a_variant_product()
    small = tea.children.get(title="500 g")
    basket = a_basket_with({honey: 2, small: 1})
    assert basket.total_incl_tax == 2 * 45_000 + 120_000


def test_a_shop_has_a_home_in_both_languages() -> None:
    home = a_shop()
    assert home.get_translations().count() == 1

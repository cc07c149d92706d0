"""Pages of the portal ask the database few questions, however much there is to show."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shop.partner.models import Partner
from shop.partner.pricing import Price, set_price
from shop.producers.listings.photos import add_photos
from shop.users.models import User
from tests.factories import (
    a_certificate,
    a_gift_box,
    a_lot,
    a_picture,
    a_producer,
    a_product,
    a_review,
    a_shop,
    a_user,
    a_variant_product,
    an_order,
    an_upload,
    signed_in,
)
from tests.shop.giving.test_papers import given

pytestmark = pytest.mark.django_db
MOST = 12
#: The first page tells of every room: work, money, goods.
MOST_OF_HOME = 14
PAGES = ("home", "more", "listings", "new-listing", "lots", "new-lot", "parcels", "reviews")
PAGES += ("bulk", "certificates", "money", "payout-account", "team", "notices", "apply", "supplies")
OF_A_LISTING = ("listing", "listing-words", "listing-photos", "listing-label", "listing-price")
OF_A_LISTING += ("listing-review", "listing-history")


@pytest.fixture
def owner() -> User:
    a_shop()
    return a_user()


@pytest.fixture
def producer(owner: User) -> Partner:
    return a_producer(members=[owner])


def fill(producer: Partner, owner: User) -> dict[str, Any]:
    """One more of everything."""
    tea = a_variant_product(producer=producer, picture=a_picture())
    product = a_product(producer=producer, picture=a_picture())
    add_photos(product, [an_upload()], by=owner)
    a_certificate(product)
    a_review(product)
    record = product.stockrecords.get()
    set_price(record, Price(record.price + 1), by=owner)
    box = a_gift_box(of={product: 1, a_product(): 1}, producer=producer)
    parcel = given(an_order({product: 1, tea.children.first(): 1, box: 1})).parcels.get()
    an_order(a_gift_box(of={product: 1}, producer=a_producer()))
    return {"tea": tea, "product": product, "parcel": parcel, "lot": a_lot(product)}


def addresses(things: dict[str, Any]) -> list[str]:
    return [
        *(reverse(f"producers:{name}") for name in PAGES),
        *(reverse(f"producers:{name}", args=[things["tea"].pk]) for name in OF_A_LISTING),
        *(reverse(f"producers:{name}", args=[things["product"].pk]) for name in OF_A_LISTING),
        reverse("producers:parcel", args=[things["parcel"].pk]),
        reverse("producers:lot", args=[things["lot"].pk]),
    ]


def counted(owner: User, things: dict[str, Any]) -> dict[str, int]:
    client = signed_in(owner)
    found = {}
    for address in addresses(things):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code in (200, 302)
        found[address] = len(asked)
    return found


def test_portal_pages_ask_little_and_no_more_with_more_to_show(
    owner: User, producer: Partner
) -> None:
    things = fill(producer, owner)
    few = counted(owner, things)
    most = {reverse("producers:home"): MOST_OF_HOME}
    assert {page: n for page, n in few.items() if n > most.get(page, MOST)} == {}
    for _each in range(3):
        fill(producer, owner)
    more = counted(owner, things)
    assert {page: (few[page], n) for page, n in more.items() if n > few[page]} == {}

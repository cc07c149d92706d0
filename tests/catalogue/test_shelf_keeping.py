"""The shelf a process keeps: it follows every change, with one query while nothing changes."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalogue.browse.changes import KEPT, forget_old_changes
from catalogue.browse.keeping import forget_shelf, shelf_today
from catalogue.browse.models import ListingChange
from catalogue.browse.selection import Facet, Sort
from catalogue.browse.shelf import Shelf, load_shelf, places_of
from catalogue.models import Category
from tests.catalogue.making import a_group, a_variant
from tests.factories import a_certificate, a_producer, a_product, a_stock_record

pytestmark = pytest.mark.django_db


def told(shelf: Shelf) -> dict[str, object]:
    """All that a shelf can answer, by products instead of places."""
    key = {place: row.pk for place, row in enumerate(shelf.rows) if row}
    return {
        "orders": {sort: shelf.ordered(shelf.everything, sort) for sort in Sort},
        "alcohol": {key[place] for place in places_of(shelf.alcohol)},
        "options": {
            (facet, value): {key[place] for place in places_of(bits)}
            for facet, values in shelf.options.items()
            for value, bits in values.items()
            if bits
        },
        "producers": {
            slug for slug in shelf.names.producers if shelf.options[Facet.PRODUCER][slug]
        },
    }


def is_up_to_date() -> bool:
    return told(shelf_today()) == told(load_shelf())


def test_an_unchanged_shelf_costs_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    a_product()
    shelf_today()
    with django_assert_num_queries(1):
        shelf_today()


def test_the_last_jar_sold_is_off_the_in_stock_filter_at_once() -> None:
    record = a_stock_record(a_product(price=None), stock=1)
    assert shelf_today().having(Facet.IN_STOCK, ["1"])
    record.allocate(1)
    record.post_save_signal()  # what the commit would do
    assert not shelf_today().having(Facet.IN_STOCK, ["1"])
    record.cancel_allocation(1)
    record.post_save_signal()
    assert shelf_today().having(Facet.IN_STOCK, ["1"])


def test_a_new_price_changes_band_and_order() -> None:
    cheap, dear = a_product("Bánh", price=20_000), a_product("Mật", price=90_000)
    record = dear.stockrecords.get()
    shelf = shelf_today()
    assert shelf.ordered(shelf.everything, Sort.CHEAPEST) == [cheap.pk, dear.pk]
    record.price = Decimal(10_000)
    record.save()
    shelf = shelf_today()
    assert shelf.ordered(shelf.everything, Sort.CHEAPEST) == [dear.pk, cheap.pk]
    assert is_up_to_date()


def test_a_sale_counts_from_its_hour_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    a_stock_record(
        a_product(price=None),
        price=120_000,
        sale_price=90_000,
        sale_starts_at=now + timedelta(minutes=1),
        sale_ends_at=now + timedelta(minutes=3),
    )
    bands = []
    for minutes in (0, 2, 4):
        monkeypatch.setattr(
            timezone, "now", lambda minutes=minutes: now + timedelta(minutes=minutes)
        )
        bands.append([v for v, bits in shelf_today().options[Facet.PRICE].items() if bits])
    assert bands == [["100-200"], ["50-100"], ["100-200"]]


def test_every_kind_of_change_is_followed() -> None:
    product, other = a_product(), a_product(price=None)
    shelf_today()
    steps = (
        lambda: a_certificate(product, stars=4),
        lambda: product.categories.add(a_group("Nhóm mới")),
        lambda: a_variant(other, "1 kg", price=300_000),
        lambda: a_product(producer=a_producer(name="Tổ hợp tác mới"), gift_ready=True),
        lambda: product.certificates.all()[0].delete(),
        lambda: setattr(product, "season_mask", 1) or product.save(),
        lambda: setattr(other, "live", False) or other.save(),
        lambda: Category.objects.all()[0].delete(),
        lambda: product.stockrecords.all()[0].delete(),
        lambda: product.delete(),
    )
    for number, step in enumerate(steps):
        step()
        assert is_up_to_date(), f"step {number}"


def test_a_producer_under_another_name_is_called_so() -> None:
    producer = a_producer(name="Tên cũ")
    a_product(producer=producer)
    shelf_today()
    producer.name = "Tên mới"
    producer.save()
    assert shelf_today().names.producers[producer.slug].name == "Tên mới"


def test_a_change_whose_transaction_ended_late_is_not_missed() -> None:
    """Its row is older than the last look, but was not to be seen then."""
    product = a_product()
    shelf_today()
    type(product).objects.filter(pk=product.pk).update(gift_ready=True)
    ListingChange.objects.create(
        kind=ListingChange.Kind.PRODUCT,
        product_id=product.pk,
        at=timezone.now() - timedelta(minutes=1),
    )
    assert shelf_today().having(Facet.GIFT, ["1"])


def test_stars_leave_the_filter_on_the_day_they_end(monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    certificate = a_certificate(a_product(), stars=5)
    type(certificate).objects.filter(pk=certificate.pk).update(expires_on=today + timedelta(days=1))
    forget_shelf()
    assert shelf_today().having(Facet.STARS, ["5"])
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert not shelf_today().having(Facet.STARS, ["5"])


def test_old_changes_are_forgotten() -> None:
    ListingChange.objects.all().delete()
    for age in (timedelta(0), KEPT + timedelta(hours=2)):
        ListingChange.objects.create(kind=ListingChange.Kind.NAMES, at=timezone.now() - age)
    assert forget_old_changes() == 1
    assert ListingChange.objects.count() == 1


def test_few_among_many_come_in_the_same_order_as_all() -> None:
    """Sorting the found and walking along all are two ways to one answer."""
    for number in range(60):
        product = a_product(title=f"Quà {random.randrange(99)}")
        a_stock_record(product, price=Decimal(random.randrange(1, 99)) * 1000, stock=number % 3)
    shelf = load_shelf()
    few = 1 << 7 | 1 << 33
    for sort in Sort:
        keys = {row.pk for place in places_of(few) if (row := shelf.rows[place])}
        walked = [key for key in shelf.ordered(shelf.everything, sort) if key in keys]
        assert shelf.ordered(few, sort) == walked
        assert shelf.ordered(shelf.everything, sort)[5:9] == shelf.ordered(
            shelf.everything, sort, 5, 9
        )

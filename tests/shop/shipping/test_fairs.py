"""Orders fetched at a fair: offered where every producer comes, until it takes no more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shop.shipping.repository import Repository
from tests.factories import a_basket_with, a_fair, a_producer, a_product, zone_rates
from tests.shop.buying import HA_NOI, a_guest_with, buy, look, only_order

pytestmark = pytest.mark.django_db


def codes(basket) -> list[str]:
    return [way.code for way in Repository().choices(basket, HA_NOI) if way.refusal is None]


def test_offered_where_every_producer_of_the_basket_comes() -> None:
    zone_rates()
    one, other, away = a_producer(), a_producer(), a_producer()
    fair = a_fair(one, other)
    both = {a_product(producer=one): 1, a_product(producer=other): 1}
    assert codes(a_basket_with(both)) == ["zone", f"fair-{fair.pk}"]
    assert codes(a_basket_with({**both, a_product(producer=away): 1})) == ["zone"]


def test_not_after_it_takes_no_more_orders() -> None:
    zone_rates()
    maker = a_producer()
    a_fair(maker, order_until=timezone.now() - timedelta(minutes=1))
    assert codes(a_basket_with(a_product(producer=maker))) == ["zone", "pickup"]


def test_not_when_the_goods_are_ready_after_it_is_over() -> None:
    zone_rates()
    maker = a_producer()
    today = timezone.localdate()
    fair = a_fair(
        maker, first_day=today, last_day=today, order_until=timezone.now() + timedelta(minutes=5)
    )
    ways = Repository().choices(a_basket_with(a_product(producer=maker)), HA_NOI)
    [refusal] = [way.refusal for way in ways if way.code == f"fair-{fair.pk}"]
    assert refusal is not None and "khi chợ đã tan" in refusal


def test_fetched_at_the_fair_costs_nothing_and_says_where_and_when() -> None:
    zone_rates()
    maker = a_producer()
    fair = a_fair(maker)
    guest = a_guest_with(a_product(producer=maker))
    code = f"fair-{fair.pk}"
    body = look(guest, delivery=code).content.decode()
    assert fair.name in body and "Sân vận động" in body and "7:00–17:00" in body
    assert buy(guest, delivery=code).status_code == 302
    parcel = only_order().parcels.get()
    assert (parcel.charge, parcel.method_code) == (0, code)
    assert (parcel.promised_from, parcel.promised_to) == (fair.first_day, fair.last_day)
    assert parcel.charge_breakdown["fair"] == fair.pk


def test_a_fair_is_never_assumed() -> None:
    maker = a_producer()
    a_fair(maker)
    page = look(a_guest_with(a_product(producer=maker)), delivery=None)
    assert page.context["page"].quote.shipping is None

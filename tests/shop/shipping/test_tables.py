"""The tables of delivery are read in one query, and a change of them is seen at once."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from shop.partner.models import Partner
from shop.places.models import Ward
from shop.shipping.calendar import SpecialDay
from shop.shipping.fairs import Fair
from shop.shipping.own_times import ProducerTimes
from shop.shipping.rates import ZoneRate
from shop.shipping.rules import DeliveryRules
from shop.shipping.terms import terms_at
from tests.factories import a_fair, a_producer, delivery_rules, zone_rates

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker() -> Partner:
    zone_rates()
    delivery_rules(cod_fee=5_000)
    maker = a_producer()
    ProducerTimes.objects.create(producer=maker, preparing_least=2, preparing_most=3)
    SpecialDay.objects.create(day=timezone.localdate() + timedelta(days=3))
    a_fair(maker)
    terms_at()
    return maker


def test_asked_again_they_cost_one_query(maker: Partner, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        terms = terms_at()
    assert terms.rates and terms.own and terms.calendar.closed and terms.fairs


def test_whatever_is_changed_holds_for_the_next_buyer(maker: Partner) -> None:
    """Also what is written around the models, which tells nobody."""
    ZoneRate.objects.update(first_price=Decimal(99_000))
    assert {rate.first_price for rate in terms_at().rates.values()} == {Decimal(99_000)}
    DeliveryRules.objects.update(cod_fee=7_000)
    assert terms_at().rules.cod_fee == 7_000
    ProducerTimes.objects.update(preparing_most=9)
    assert terms_at().own[maker.pk].preparing == (2, 9)
    SpecialDay.objects.update(is_closed=False)
    assert not terms_at().calendar.closed
    Fair.objects.update(street="Bãi bồi")
    assert terms_at().fairs[0].fair.street == "Bãi bồi"
    Ward.objects.filter(pk=terms_at().fairs[0].fair.ward_id).update(name="Mới")
    assert "xã Mới" in terms_at().fairs[0].fair.address
    Fair.producers.through.objects.all().delete()
    assert terms_at().fairs[0].senders == frozenset()
    ZoneRate.objects.all().delete()
    assert not terms_at().rates


def test_a_fair_takes_orders_until_its_hour_and_not_a_minute_longer(maker: Partner) -> None:
    until = terms_at().fairs[0].fair.order_until
    assert terms_at(until - timedelta(minutes=1)).fairs
    assert not terms_at(until).fairs

"""Boxes and their things by themselves, bought at the same moment: never more than there is."""

import pytest
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.boxes.contents import contents_of
from catalogue.models import Product
from shop.order.models import Order
from shop.order.placing import NotPlaced
from shop.partner.models import StockRecord
from shop.shipping.rates import ZoneRate
from tests.factories import a_basket_with, a_gift_box, a_producer, a_product, zone_rates
from tests.shop.order.test_at_once import at_once, placement_of

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

CONTENTS = st.lists(st.integers(1, 3), min_size=1, max_size=3)
STOCKS = st.lists(st.integers(1, 6), min_size=3, max_size=3)
#: What each buyer wants: 0 the box, 1 to 3 one of the things by itself.
BUYERS = st.lists(st.integers(0, 3), min_size=2, max_size=6)


@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(contents=CONTENTS, stocks=STOCKS, buyers=BUYERS)
def test_whatever_is_in_a_box_stock_price_and_promises_are_right(
    contents: list[int], stocks: list[int], buyers: list[int]
) -> None:
    if not ZoneRate.objects.exists():
        zone_rates()
    maker = a_producer()
    goods = [a_product(f"Món {n}", producer=maker, stock=stocks[n]) for n in range(3)]
    of = {goods[n]: quantity for n, quantity in enumerate(contents)}
    box = a_gift_box(of=of, price=300_000, stock=None)
    expected = min(stocks[n] // quantity for n, quantity in enumerate(contents))
    assert contents_of(box).left == expected
    wanted = [box if who == 0 else goods[who - 1] for who in buyers]
    forms = []
    for n, thing in enumerate(wanted):
        try:
            basket = a_basket_with(thing)
        except ValueError:
            continue
        forms.append((basket, placement_of(basket, f"key-{box.pk}-{n}")))

    answers = at_once(forms)

    placed = [answer for answer in answers if isinstance(answer, Order)]
    assert all(isinstance(answer, Order | NotPlaced) for answer in answers)
    for n, thing in enumerate(goods):
        record = StockRecord.objects.get(product=thing)
        boxes = sum(order.boxes.count() for order in placed)
        alone = sum(order.lines.filter(product=thing, box=None).count() for order in placed)
        each = contents[n] if n < len(contents) else 0
        assert (record.num_allocated or 0) == boxes * each + alone <= record.num_in_stock
    assert not StockRecord.objects.filter(num_allocated__gt=F("num_in_stock")).exists()
    for order in placed:
        goods_paid = sum(line.line_price_incl_tax for line in order.lines.all())
        assert order.total_incl_tax == goods_paid + order.shipping_incl_tax
    left = contents_of(Product.objects.get(pk=box.pk)).left
    records = {each.product_id: each for each in StockRecord.objects.all()}
    assert left == min(records[p.pk].net_stock_level // q for p, q in of.items())
    # Nobody was refused while there was enough for all who asked.
    asked = [buyers.count(0) * (contents[n] if n < len(contents) else 0) for n in range(3)]
    asked = [asked[n] + buyers.count(n + 1) for n in range(3)]
    if all(asked[n] <= stocks[n] for n in range(3)):
        assert len(placed) == len(forms)

"""The checkout page costs the same for one line and for ten."""

import pytest
from django.urls import reverse

from tests.factories import a_producer, a_product, a_variant_product, zone_rates
from tests.shop.buying import a_guest_with, form_of, look, press

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("step", ["get", "refresh", "refused"])
def test_queries_do_not_grow_with_the_lines(step: str, django_assert_max_num_queries) -> None:
    zone_rates()
    maker = a_producer()
    counts = []
    for size in (1, 10):
        goods = {a_product(f"Món {n}", producer=maker): 1 for n in range(size)}
        goods[a_variant_product(producer=maker).children.first()] = 1
        guest = a_guest_with(goods)
        hidden = form_of(look(guest))
        with django_assert_max_num_queries(25) as captured:
            if step == "get":
                guest.get(reverse("checkout:index"))
            elif step == "refresh":
                look(guest)
            else:
                assert press(guest, hidden, phone="sai").status_code == 422
        counts.append(len(captured.captured_queries))
    assert counts[0] == counts[1]

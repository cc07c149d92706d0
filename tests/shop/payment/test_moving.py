"""An order that goes somewhere nearer once it is paid: what delivery costs less goes back."""

import pytest

from shop.order.addressing import change_address, decide
from shop.order.models import Order
from shop.payment.models import Refund
from shop.payment.receiving import receive
from shop.places.models import Ward
from shop.shipping.rates import ZoneRate
from tests.factories import zone_rates
from tests.shop.buying import CAU_GIAY
from tests.shop.payment.paying import a_prepaid_order, a_sum

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("prepaid")]


def in_ha_noi() -> dict[str, object]:
    ward = Ward.objects.get(pk=CAU_GIAY)
    return {
        "first_name": "Trần Văn Nam",
        "phone_number": "+84987654321",
        "line1": "Số 5",
        "line3": ward.full_name,
        "line4": ward.province.full_name,
        "ward_code": ward.code,
        "province_code": ward.province_id,
    }


def test_what_a_nearer_place_costs_less_goes_back() -> None:
    zone_rates()
    ZoneRate.objects.filter(zone="bac").update(first_price=10_000)
    order = a_prepaid_order()
    receive(a_sum(order))
    order = Order.objects.get()
    asked = change_address(order, in_ha_noi(), ask=True)
    for _twice in range(2):
        decide(asked, agree=True, by=None)
    refund = Refund.objects.get()
    assert (refund.amount, refund.key) == (-asked.fee_difference, f"address:{asked.pk}")
    assert not refund.lines.exists()

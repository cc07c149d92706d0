"""Two who call at the same moment, and what is open while the carrier is asked."""

import pytest
from django.db import connection

from shop.carriers.base import Carrier, Made
from shop.carriers.calling import call_carrier
from shop.carriers.models import Shipment
from shop.order.models import Parcel
from shop.order.steps import StepNotPossible
from tests.factories import a_product, an_order

pytestmark = pytest.mark.django_db(transaction=True)


class Slow(Carrier):
    """While it is asked, somebody else presses the button too."""

    code, label, comes_when_called = "slow", "Chậm", True

    def __init__(self, parcel: Parcel) -> None:
        self.parcel = parcel
        self.made = 0

    def tracking_url(self, number: str) -> str:
        return ""

    def create(self, shipment: Shipment, *, is_again: bool = False) -> Made:
        assert not connection.in_atomic_block
        self.made += 1
        with pytest.raises(StepNotPossible, match="Đang gọi"):
            call_carrier(self.parcel, self)
        return Made("S1")


def test_the_second_waits_and_no_transaction_is_open() -> None:
    parcel = an_order(a_product()).parcels.get()
    carrier = Slow(parcel)
    assert call_carrier(parcel, carrier).tracking_number == "S1"
    assert call_carrier(parcel, carrier).tracking_number == "S1"
    assert carrier.made == 1

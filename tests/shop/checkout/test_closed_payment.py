"""A way of paying that closes under the buyer's choice: nothing is chosen for them."""

import re

import pytest
from django.urls import reverse

from shop.order.models import Order
from tests.factories import a_bank_account, a_product, zone_rates
from tests.shop.buying import a_guest_with, form_of, look, press

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ready_to_pay() -> None:
    zone_rates()
    a_bank_account()


def a_choice(response) -> dict[str, str]:
    """What a browser sends of the ways of paying as they are drawn: a closed one is not sent."""
    page = response.context["page"]
    chosen = [choice.method.code for choice, is_chosen in page.payment_choices if is_chosen]
    kept = re.search(r'name="payment_before" value="([^"]*)"', response.content.decode())
    return {"payment": chosen[0] if chosen else None, "payment_before": kept and kept[1]}


def chosen_in(response) -> str | None:
    return a_choice(response)["payment"]


@pytest.mark.usefixtures("_ready_to_pay")
def test_cash_that_a_gift_closed_is_chosen_again_once_it_is_no_gift() -> None:
    guest = a_guest_with(a_product())
    gift = look(guest, is_gift="on", payment="cod")
    assert chosen_in(gift) is None
    assert "Bạn đã chọn “Trả tiền khi nhận hàng”" in gift.content.decode()
    # Going on with the form, and loading the page again, do not lose it.
    look(guest, is_gift="on", note="Gọi trước", **a_choice(gift))
    again = guest.get(reverse("checkout:index"))
    own = look(guest, **a_choice(again))
    assert chosen_in(own) == "cod"
    assert "Bạn đã chọn" not in own.content.decode()


@pytest.mark.usefixtures("_ready_to_pay")
def test_what_the_buyer_chose_instead_of_closed_cash_is_kept() -> None:
    guest = a_guest_with(a_product())
    gift = look(guest, is_gift="on", payment="cod")
    own = look(guest, **{**a_choice(gift), "payment": "vietqr"})
    assert chosen_in(own) == "vietqr"


@pytest.mark.usefixtures("_ready_to_pay")
def test_nothing_is_ordered_while_the_chosen_way_of_paying_is_closed() -> None:
    guest = a_guest_with(a_product())
    gift = look(guest, is_gift="on", payment="cod")
    refused = press(guest, form_of(gift), is_gift="on", buyer_phone="0912345678", **a_choice(gift))
    assert refused.status_code == 422
    assert not Order.objects.exists()
